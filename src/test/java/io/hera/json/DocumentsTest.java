package io.hera.json;

import static io.hera.json.DocumentFlaws.assertFlaw;
import static io.hera.json.DocumentFlaws.bytes;
import static io.hera.json.DocumentFlaws.check;
import static io.hera.json.DocumentFlaws.flaw;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which documents are accepted, and where and why the others are refused. */
class DocumentsTest {
  private static final String SEED =
      "{\"host\":\"10.1.1.1\", \"port\": 12345, \"updated_at\": \"2012-12-18T13:27:01Z\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        SEED,
        "{}",
        " \t\r\n{ } \n",
        "{\"\":\"\"}",
        "{\"a\":1.10,\"b\":1e308,\"c\":-0,\"d\":-0.0E-0,\"e\":123456789012345678901234567890}",
        "{\"a\":[],\"b\":[ ],\"c\":[[[]],{}],\"d\":[true,false,null]}",
        "{\"\\u0061\":1,\"A\":2,\"\\\"\\\\\\/\\b\\f\\n\\r\\t\":3}",
        "{\"\\ud83d\\ude00\":\"\\uD83D\\uDE00\\\\ud800\",\"noncharacters\":\"\\uffff\\ufdd0\"}",
        "{\"å\":\"\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\udbff\udfff\"}",
        "{\"a\":{\"a\":{\"a\":1}},\"b\":[{\"a\":1},{\"a\":1}]}",
      })
  void aValidDocumentPasses(String document) {
    assertThatCode(() -> check(document)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"",
        "{\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":[",
        "{\"a\":[1",
        "{\"a\":[1,",
        "{\"a\":t",
        "{\"a\":tru",
        "{\"a\":-",
        "{\"a\":1.",
        "{\"a\":1e",
        "{\"a\":1e+",
        "{\"a\":\"",
        "{\"a\":\"x",
      })
  void aDocumentThatIsCutShortIsRefusedAtItsEnd(String document) {
    assertFlaw(document, "the JSON ends too early", document.length());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{}{} | there is data after the end | 2",
        "{}\"x\" | there is data after the end | 2",
        "{\"a\":1}} | there is data after the end | 7",
        "{\"a\":01} | a number has a leading zero | 5",
        "{\"a\":-00} | a number has a leading zero | 5",
        "{\"a\":NaN} | a value is missing | 5",
        "{\"a\":Infinity} | a value is missing | 5",
        "{\"a\":-Infinity} | a digit is missing | 6",
        "{\"a\":.5} | a value is missing | 5",
        "{\"a\":+5} | a value is missing | 5",
        "{\"a\":1.e5} | a digit is missing | 7",
        "{\"a\":0x10} | a comma or '}' is missing | 6",
        "{\"a\":nul} | a literal is not true, false or null | 5",
        "{\"a\":True} | a value is missing | 5",
        "{\"a\":1,} | no value follows a comma | 7",
        "{\"a\":[1,]} | no value follows a comma | 8",
        "{\"a\":[1}} | a comma or ']' is missing | 7",
        "{\"a\" 1} | ':' is missing | 5",
        "{a:1} | a key in quotation marks is missing | 1",
        "{'a':1} | a key in quotation marks is missing | 1",
        "{,\"a\":1} | a key in quotation marks is missing | 1",
        "{\"a\":1 \"b\":2} | a comma or '}' is missing | 7",
        "{\"a\":1/**/} | a comma or '}' is missing | 6",
        "{\"a\":\"\\x\"} | an escape is invalid | 6",
        "{\"a\":\"\\u12g4\"} | an escape is invalid | 6",
        "{\"a\\x\":1} | an escape is invalid | 3",
      })
  void invalidJsonIsRefusedAtTheOffsetOfItsFault(String document, String reason, int offset) {
    assertFlaw(document, reason, offset);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"x\":\"\\ud800\"} | 6",
        "{\"x\":\"\\uDFFF\"} | 6",
        "{\"x\":\"a\\n\\\\\\udbff\"} | 11",
        "{\"x\":\"\\ud800\\u0041\"} | 6",
        "{\"x\":\"\\ud800\\ud800\\udc00\"} | 6",
        "{\"x\":\"\\udc00\\ud800\"} | 6",
        "{\"x\":\"\\ud800\\n\"} | 6",
        "{\"x\":\"\\ud800å\"} | 6",
        "{\"\\ud800\":1} | 2",
        "{\"a\":[{\"b\":{\"k\\udc00\":1}}]} | 14",
        "{\"a\":[[\"\\ud800\"]]} | 8",
      })
  void halfOfASurrogatePairIsRefused(String document, int offset) {
    assertFlaw(document, "a string has half of a surrogate pair", offset);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e309",
        "9e308",
        "1.8e308",
        "1E400",
        "-1e999",
        "1e99999999999999999999",
        "1.7976931348623159e308",
        "0.001e400",
      })
  void aNumberBeyondADoubleIsRefused(String number) {
    assertFlaw("{\"x\":[" + number + "]}", "a number is beyond the range of a double", 6);
    assertFlaw("{\"x\":" + number + " }", "a number is beyond the range of a double", 5);
  }

  @Test
  void anIntegerBeyondADoubleIsRefused() {
    assertFlaw("{\"x\":" + "9".repeat(309) + "}", "a number is beyond the range of a double", 5);
    assertFlaw(
        "{\"x\":-" + "9".repeat(9_000) + ".5}", "a number is beyond the range of a double", 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.7976931348623157e308",
        "-9e307",
        "1e-400",
        "0e400",
        "-0.0E+999",
        "0.0000001e310",
        "9e99",
        "1e-99999999999999999999",
      })
  void aNumberThatRoundsToADoublePasses(String number) {
    assertThatCode(() -> check("{\"x\":" + number + "}")).doesNotThrowAnyException();
  }

  @Test
  void aNumberOfAnyPrecisionPasses() {
    String digits = "123456789".repeat(30);
    assertThatCode(() -> check("{\"x\":" + digits + ",\"y\":0." + digits.repeat(9) + "}"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "[1] | an array",
        "\"a\" | a string",
        "5 | a number",
        "-5 | a number",
        "null | null",
        "true | true or false",
        "NaN | invalid JSON",
        "host=10.1.1.1 | invalid JSON",
      })
  void theRefusalOfAnotherJsonValueNamesItsKind(String document, String kind) {
    assertFlaw(document, "the document must be one JSON object, not " + kind, 0);
  }

  @Test
  void anEmptyDocumentIsRefused() {
    assertFlaw("", "the document is empty", 0);
    assertFlaw(" \n", "the document is empty", 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0 80",
        "c1 bf",
        "e0 9f bf",
        "f0 8f bf bf", // overlong
        "ed a0 80",
        "ed bf bf", // surrogates
        "f4 90 80 80",
        "f5 80 80 80",
        "ff", // above U+10FFFF
        "80",
        "bf",
        "c3",
        "c3 28",
        "e2 82",
        "e2 28 a1",
        "e2 82 28",
        "f0 9f 98",
        "f0 9f 98 28",
      })
  void bytesThatAreNotStrictUtf8AreRefused(String hex) {
    String bytes =
        IntStream.of(hex(hex)).mapToObj(Character::toString).collect(Collectors.joining());
    assertFlawOfBytes(("{\"a\":\"" + bytes + "\"}").getBytes(ISO_8859_1), 6);
    assertFlawOfBytes(("{\"" + bytes + "\":1}").getBytes(ISO_8859_1), 2);
    assertFlawOfBytes(("{\"a\":\"" + bytes).getBytes(ISO_8859_1), 6);
  }

  @Test
  void aControlCharacterInAStringMustBeEscaped() {
    for (char c = 0; c < ' '; c++) {
      assertFlaw("{\"a\":\"" + c + "\"}", "a control character is not escaped", 6);
      assertFlaw("{\"" + c + "\":1}", "a control character is not escaped", 2);
    }
  }

  @Test
  void theRefusalOfAByteOrderMarkNamesIt() {
    assertFlaw("\ufeff{}", "the document begins with a byte order mark", 0);
  }

  @Test
  void depthCountsFromOneAndItsBoundIsInclusive() {
    assertThatCode(() -> Documents.check(bytes("{}"), 100, 1)).doesNotThrowAnyException();
    assertThat(deep(1, "{\"a\":{}}").offset()).isEqualTo(5);
    assertThat(deep(1, "{\"a\":[]}").reason()).isEqualTo("the JSON is nested deeper than level 1");
    assertThatCode(() -> check("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}"))
        .doesNotThrowAnyException();
    assertThat(deep(32, "{\"a\":" + "[".repeat(32)).pointer()).isEqualTo("/a" + "/0".repeat(31));
    assertThat(deep(32, "{\"a\":".repeat(20_000)).offset()).isEqualTo(160);
  }

  @Test
  void aDocumentAboveTheLimitIsRefusedUnread() {
    assertThatCode(() -> Documents.check(bytes("{  }"), 4, 1)).doesNotThrowAnyException();
    Malformed flaw =
        catchThrowableOfType(Malformed.class, () -> Documents.check(bytes("{   ["), 4, 1));
    assertThat(flaw.reason()).isEqualTo("the document is larger than 4 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"a\":{\"b\":[1,{\"c\":tru}]}} | /a/b/1/c",
        "{\"a\":{\"b\":[[1],2,x]}} | /a/b/2",
        "{\"a\":{\"b\":[]},\"c\" 1} | /c",
        "{\"a\":{\"b\":[]} \"c\":1} | /a",
        "{\"a\":{\"b\":[]},, | ``",
        "{\"a\":{}}\"x\" | ``",
        "{\"a\":[{\"x\\\"]}\":NaN | `/a/0/x\"]}`",
      })
  void thePointerLeadsToTheFaultyMember(String document, String pointer) {
    assertThat(flaw(document).pointer()).isEqualTo(pointer);
  }

  @Test
  void aVeryLongPointerIsLeftOut() {
    assertThat(flaw("{\"" + "k".repeat(200) + "\":x}").pointer()).hasSize(201);
    assertThat(flaw("{\"" + "k".repeat(300) + "\":x}").pointer()).isEmpty();
  }

  @Test
  void aRefusalCarriesNoStackTrace() {
    assertThat(flaw("[]").getStackTrace()).isEmpty();
  }

  private static void assertFlawOfBytes(byte[] document, int offset) {
    Malformed flaw =
        catchThrowableOfType(Malformed.class, () -> Documents.check(document, 1 << 16, 32));
    assertThat(flaw.reason()).isEqualTo("the bytes are not valid UTF-8");
    assertThat(flaw.offset()).isEqualTo(offset);
  }

  private static Malformed deep(int depthMax, String document) {
    return catchThrowableOfType(
        Malformed.class, () -> Documents.check(bytes(document), 1 << 20, depthMax));
  }

  private static int[] hex(String hex) {
    return Arrays.stream(hex.split(" "))
        .mapToInt(digits -> Integer.parseInt(digits, 16))
        .toArray();
  }
}
