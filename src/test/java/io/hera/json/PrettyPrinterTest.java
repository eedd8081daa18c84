package io.hera.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests that the layout equals that of Python 2, and changes no token. */
class PrettyPrinterTest {
  @Test
  void theLayoutEqualsTheExampleOf2012ByteForByte() {
    String seed = """
        {
          "1f11bbbb-df7a-47c5-8ba7-662f70261673": {
            "host": "10.1.1.1",\s
            "port": 12345,\s
            "updated_at": "2012-12-18T13:27:01Z"
          }
        }""";
    String put =
        "{\"host\":\"10.1.1.1\", \"port\": 12345, \"updated_at\": \"2012-12-18T13:27:01Z\"}";
    assertThat(print("{\"1f11bbbb-df7a-47c5-8ba7-662f70261673\":" + put + "}")).isEqualTo(seed);
    assertThat(print(seed)).isEqualTo(seed);
  }

  @Test
  void nestedAndEmptyArraysAreLaidOutAsInPython() {
    String compact = """
        {"a":[1.10,[],{ },[["x, y: {z}"]]],"b":{"c":{},"d":null},"e\\"":"\\\\"}""";
    assertThat(print(compact)).isEqualTo("""
            {
              "a": [
                1.10,\s
                [],\s
                {},\s
                [
                  [
                    "x, y: {z}"
                  ]
                ]
              ],\s
              "b": {
                "c": {},\s
                "d": null
              },\s
              "e\\"": "\\\\"
            }""");
  }

  @Test
  void anEmptyObjectStaysOnOneLine() {
    assertThat(print("{}")).isEqualTo("{}");
    assertThat(print(" {\n}\n")).isEqualTo("{}");
  }

  @Test
  void tokensAreNotChanged() {
    for (String token : new String[] {
      "1e400", "1.10", "-0", "123456789012345678901234567890", "\"\\u00e5å\\/\"", "true", "null"
    }) {
      assertThat(print("[ " + token + " ]")).isEqualTo("[\n  " + token + "\n]");
      assertThat(print("[" + token + "\t,\n" + token + "]"))
          .isEqualTo("[\n  " + token + ", \n  " + token + "\n]");
    }
  }

  @Test
  void whiteSpaceInStringsIsKept() {
    assertThat(print("{\"a b\":\"c  d\"}")).isEqualTo("{\n  \"a b\": \"c  d\"\n}");
  }

  private static String print(String json) {
    return new String(PrettyPrinter.print(json.getBytes(UTF_8)), UTF_8);
  }
}
