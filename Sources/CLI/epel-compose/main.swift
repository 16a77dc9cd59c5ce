import ComposeCommands

await EpelCompose.run()
