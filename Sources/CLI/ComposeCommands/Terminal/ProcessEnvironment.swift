import Glibc

/// Makes what the program does the same for everybody who runs it.
enum ProcessEnvironment {
  /// Takes from the environment what would change results, before anything reads it and
  /// while there is one thread: librpm gives summaries, descriptions and groups in the
  /// language of these variables, and metadata is written from them. Clients that the
  /// program runs inherit it; their words are read, so they must be known as well.
  static func settle() {
    for name in [
      "LANG", "LANGUAGE", "LC_MESSAGES", "LC_CTYPE", "LC_COLLATE", "LC_NUMERIC", "LC_TIME",
    ] {
      unsetenv(name)
    }
    setenv("LC_ALL", "C.UTF-8", 1)
    // What is made here is served to everybody, whatever a root shell's umask.
    umask(0o022)
  }
}
