EpelMirrorlist.main()
