import Testing

@testable import RunAnalyses

struct ClassGroupsTests {
  @Test func `a class is a group, and of many they are dealt out in turn`() {
    let few = ClassGroups(labels: [7, 2, 7, 9])
    #expect(few.ofImages == [1, 0, 1, 2] && few.count == 3)
    let many = ClassGroups(labels: [0, 1, 2, 3, 4, 4], most: 2)
    #expect(many.ofImages == [0, 1, 0, 1, 0, 0] && many.count == 2)
  }
}
