import ReleaseModel

extension Handover {
  /// What to do in which order, for the operator of MirrorManager. Ends with a newline.
  package func text() -> String {
    var steps: [String] = []
    switch occasion {
    case .promote, .rollback: steps = redirection
    case .archive: steps = archiving
    case .urgent: steps = expiry
    }
    let numbered = steps.enumerated().map { index, step in
      "\(index + 1). " + step.replacing("\n", with: "\n   ")
    }
    let moving = link.map { " --link \($0.sanitizedForDisplay)" } ?? ""
    return "\(stream): \(occasion.rawValue) \(release)\(moving), for MirrorManager\n\n"
      + (mapping + numbered).joined(separator: "\n\n") + "\n"
  }

  /// For the scanner's configuration, before anything else.
  private var mapping: [String] {
    guard !mappings.isEmpty else { return [] }
    let entries = mappings.map { mapping in
      "    [[repository_mapping]]\n    regex='\(mapping.pattern)'\n    prefix=\"\(mapping.prefix)\""
    }
    return [
      """
      Once for this stream: these mappings must stand in scan-primary-mirror.toml, before
      others that match the same directories. Each area has a prefix of its own: else both
      trees want one name, and the first that the scanner finds has it.

      \(entries.joined(separator: "\n\n"))
      """
    ]
  }

  private static let refresh =
    "Have the cache made anew that answers clients (generate-mirrorlist-cache), and have the\n"
    + "servers take it. Where they read the overlay of this stream, they know already."

  private var proof: String { "See what clients are told now:\n    \(commands.status)" }

  private var redirection: [String] {
    let details = repositories.map { repository in
      "    mm2_update-single-file-detail \("\(files)/\(repository.path)/repodata/repomd.xml".shellWord)"
    }
    let why =
      occasion == .rollback
      ? "Before all else: its metadata was written anew, newer than MirrorManager knows, and\n"
        + "clients refuse one that is older than what they have."
      : "Tell MirrorManager the metadata of the release; what it knows already stays as it is."
    let (without, clients) =
      link.map { link in
        (
          "No name of 'mirrors.names.clients' goes with \(link.sanitizedForDisplay): lead clients of it\n"
            + "to \(release) by hand.",
          "clients of \(link.sanitizedForDisplay)"
        )
      } ?? (
        "The policy has no 'mirrors.names.clients': lead clients to \(release) by hand.", "clients"
      )
    let redirect =
      redirects.isEmpty
      ? without
      : "Lead \(clients) to \(release). The SQL changes nothing where MirrorManager does not know\n"
        + "the release; it can be run again. The links may move before or after it.\n"
        + "    psql -v ON_ERROR_STOP=1 -f \((sqlFile ?? "FILE.sql").shellWord)"
    return ["\(why)\n\(details.joined(separator: "\n"))", redirect, Self.refresh, proof]
  }

  private var archiving: [String] {
    let asked = question.map { "\nThis is no error 404 then:\n    \($0)" } ?? ""
    let command =
      "    mm2_move-to-archive --product \(product.shellWord) --version \(release)"
    if isOriginalGone {
      return [
        "The original is gone. Nothing is left to move, unless it was removed in spite of\n"
          + "MirrorManager: then move what no scan has deleted yet.\n\(command) --dry-run\n\(command)",
        Self.refresh, proof,
      ]
    }
    return [
      "Wait until the scanner has seen the archive.\(asked)",
      "Look at what would move, then move it. It is committed row by row: if it stops, run it\n"
        + "again.\n\(command) --dry-run\n\(command)",
      Self.refresh, proof,
      "Only then remove the original. A scan that finds it gone before deletes the rows of its\n"
        + "repositories, and their names with them.\n    \(commands.removal)",
    ]
  }

  private var expiry: [String] {
    [
      "Clients are told that only the newest metadata of \(release) is right. All mirrors that do\n"
        + "not have it yet are left out at once: clients go to the few that are always up to date,\n"
        + "until the others have it. Do this for a matter of security alone.\n"
        + "    mm2_emergency-expire-repo \(product.shellWord) \(release)",
      Self.refresh, proof,
    ]
  }
}
