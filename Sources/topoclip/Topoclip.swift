import ArgumentParser

@main
struct Topoclip: ParsableCommand {}
