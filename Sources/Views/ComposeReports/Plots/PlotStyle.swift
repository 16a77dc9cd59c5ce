/// How plots look. Colours of neighbours differ in lightness too, so that they can be
/// told apart without their hues.
package enum PlotStyle {
  /// Rules for a page that has the colours of the site (`--ink`, `--soft`, `--line`,
  /// `--paper`, `--edge`). The template of the page has them as they are here.
  package static let rules = """
    .plot { display: block; width: 100%; min-width: 42rem; height: auto; font-size: 13px; --s0: #08306b; --s1: #d95f02; --s2: #238b45; --s3: #a40e26; --s4: #8a6fc4; --s5: #c08a00; --s6: #1f8fb8; --s7: #6b7681; --h1: #f6cfc0; --h2: #eb9a7f; --h3: #d4583f; --h4: #a3202a; --h5: #5a0a1c; }
    @media (prefers-color-scheme: dark) { .plot { --s0: #c6dbef; --s1: #fd8d3c; --s2: #4fae62; --s3: #ff8182; --s4: #b7a6ea; --s5: #ffd95a; --s6: #41b6e6; --s7: #8c959f; --h1: #43201f; --h2: #7a2f2a; --h3: #b8493a; --h4: #ef8a68; --h5: #ffd9c7; } }
    .plot text { fill: var(--ink); }
    .plot .soft { fill: var(--soft); }
    .plot .head { font-size: 15px; font-weight: 600; }
    .plot .grid { stroke: var(--line); fill: none; }
    .plot .axis { stroke: var(--edge); fill: none; }
    .plot .event { stroke: var(--ink); stroke-dasharray: 4 3; fill: none; }
    .plot .halo { stroke: var(--paper); stroke-width: 4; fill: none; }
    .plot .mark { stroke: var(--ink); stroke-width: 2; fill: none; }
    .plot .line { fill: none; stroke-width: 2; }
    .plot .more { fill: none; stroke: var(--edge); stroke-width: 1; }
    .plot .h0 { fill: var(--sheet); }
    .plot .h1 { fill: var(--h1); } .plot .h2 { fill: var(--h2); } .plot .h3 { fill: var(--h3); } .plot .h4 { fill: var(--h4); } .plot .h5 { fill: var(--h5); }
    .plot .l0 { stroke: var(--s0); } .plot .l1 { stroke: var(--s1); } .plot .l2 { stroke: var(--s2); } .plot .l3 { stroke: var(--s3); } .plot .l4 { stroke: var(--s4); } .plot .l5 { stroke: var(--s5); } .plot .l6 { stroke: var(--s6); } .plot .l7 { stroke: var(--s7); }
    .plot .a0 { fill: var(--s0); } .plot .a1 { fill: var(--s1); } .plot .a2 { fill: var(--s2); } .plot .a3 { fill: var(--s3); } .plot .a4 { fill: var(--s4); } .plot .a5 { fill: var(--s5); } .plot .a6 { fill: var(--s6); } .plot .a7 { fill: var(--s7); }
    """

  /// Colours of the site, for a file of its own.
  static let standalone = """
    .plot { background: #ffffff; color-scheme: light dark; font-family: system-ui, sans-serif; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #ffffff; --sheet: #f6f8fa; --edge: #8c959f; }
    @media (prefers-color-scheme: dark) { .plot { background: #0d1117; --ink: #e6edf3; --soft: #9aa4af; --line: #3d444d; --paper: #0d1117; --sheet: #161b22; --edge: #6b7681; } }
    """ + "\n" + rules

  /// How many colours there are.
  static let colors = 8
}
