import ComposeCommands

EpelCompose.main()
