import Testing

@testable import SignWriting
