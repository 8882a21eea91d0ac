import HTTPTypes
import Testing

@testable import Explorer

struct RequestTargetTests {
  private func status(_ target: String) -> Int {
    do {
      _ = try RequestTarget(target)
      return 200
    } catch {
      return (error as? Refusal)?.status.code ?? 0
    }
  }

  @Test func `parts and parameters are decoded once`() throws {
    let target = try RequestTarget("/a%2Fb/c+d/%252e%252e?x=1+2%2B3&y=%C3%A4&z&=&%3D==%26")
    #expect(target.parts == ["a/b", "c+d", "%2e%2e"])
    #expect(target.parameters == ["x": "1 2+3", "y": "ä", "z": "", "": "", "=": "=&"])
    #expect(try RequestTarget("/").parts == [""])
    #expect(try RequestTarget("//a/").parts == ["", "a", ""])
    #expect(try RequestTarget("/?").parameters == [:])
  }

  @Test(arguments: [
    "", "a", "*", "host:80", "/ä", "/a b", "/a\t", "/#", "/%", "/%2", "/%zz", "/%+1", "/%00",
    "/a%00b",
    "/?a=%00", "/%FF", "/%C0%80", "/%ED%A0%80", "/%c3", "/.", "/..", "/a/../b", "/%2e%2E",
    "/.%2e/etc",
    "/?a=1&a=2", "/?%61=1&a=2", "http://host/", "/\u{7F}", "/?a=%", "/?%=a",
  ])
  func `what is no address is refused`(_ target: String) {
    #expect(status(target) == 400)
  }

  @Test func `a name may look like a path without being one`() throws {
    #expect(try RequestTarget("/...").parts == ["..."])
    #expect(try RequestTarget("/%2e%2e%2fetc%2fpasswd").parts == ["../etc/passwd"])
    #expect(try RequestTarget("/\\..\\").parts == ["\\..\\"])
  }
}
