package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.store.page.Subject;
import io.hera.wire.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What request targets name. */
class TargetParserTest {
  private static final String LONGEST = "x".repeat(255);

  @Test
  void theRootIsAllServices() {
    assertThat(TargetParser.parse("/")).isEqualTo(new Target.AllServices(new Query("")));
    assertThat(TargetParser.parse("/?pretty"))
        .isEqualTo(new Target.AllServices(new Query("pretty")));
  }

  @Test
  void aQueryBeginsAtTheFirstQuestionMark() {
    assertThat(TargetParser.parse("/a?b?c/d?e"))
        .isEqualTo(new Target.OneService(Subject.of("a"), new Query("b?c/d?e")));
  }

  @ParameterizedTest
  @CsvSource({"/_ui, ''", "/_ui/, /", "/_ui/../_status, /../_status", "/_ui/%2e%2e/x, /%2e%2e/x"})
  void thePathOfAFileOfThePageStaysAsItWasSent(String target, String path) {
    assertThat(TargetParser.parse(target)).isEqualTo(new Target.Page(path, Query.EMPTY));
  }

  @Test
  void aNameThatOnlyBeginsLikeThatOfThePageIsAnotherOne() {
    assertThat(TargetParser.parse("/_uix/a"))
        .isEqualTo(new Target.Operation("/_uix/a", Query.EMPTY));
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, a, b",
    "/a%20b/c%3Fd, 'a b', c?d",
    "/a+b/+, a+b, +",
    "/a;v=1/b;c, a;v=1, b;c",
    "/a/_b, a, _b",
    "/a/%5Fb, a, _b",
    "/a/__, a, __",
    "/%41%42/%61, AB, a",
    "/a/%c3%a9, a, \u00e9",
    "/a/%C3%A9, a, \u00e9",
    "/a/e%CC%81, a, e\u0301",
    "/a/..., a, ...",
    "/.a/a., .a, a.",
    "/~!$&()*=:@/-._~, ~!$&()*=:@, -._~",
    "/%25/%2525, %, %25",
    "/a/%22%3C%3E, a, '\"<>'",
    "/a/%F0%9F%98%80, a, \ud83d\ude00",
    "/a/%C2%A0, a, '\u00a0'",
    "/a/%E2%80%A8, a, '\u2028'",
    "/a/%EF%BB%BF, a, '\ufeff'",
    "/a/{}|^`, a, {}|^`",
  })
  void namesAreDecodedOnceAndNotNormalised(String target, String service, String id) {
    assertThat(((Target.OneInstance) TargetParser.parse(target)).key())
        .isEqualTo(new Key(service, id));
  }

  @Test
  void namesThatLookAlikeAreDifferent() {
    assertThat(TargetParser.parse("/a/%C3%A9")).isNotEqualTo(TargetParser.parse("/a/e%CC%81"));
    assertThat(TargetParser.parse("/a/b")).isNotEqualTo(TargetParser.parse("/a/B"));
    assertThat(TargetParser.parse("/a/%C2%A0")).isNotEqualTo(TargetParser.parse("/a/%20"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%78"})
  void aNameHasUpTo255Bytes(String filler) {
    String raw = filler.repeat(255);
    assertThat(((Target.OneInstance) TargetParser.parse("/" + raw + "/" + raw)).key())
        .isEqualTo(new Key(LONGEST, LONGEST));
    refused("/a/" + raw + filler);
    refused("/" + raw + filler);
    refused("/" + raw + filler + "/b");
  }

  @Test
  void bytesAreCountedNotCharacters() {
    assertThat(TargetParser.parse("/a/" + "%C3%A9".repeat(127) + "x"))
        .isInstanceOf(Target.OneInstance.class);
    refused("/a/" + "%C3%A9".repeat(128));
    assertThat(TargetParser.parse("/a/" + "%F0%9F%98%80".repeat(63) + "xxx"))
        .isInstanceOf(Target.OneInstance.class);
    refused("/a/" + "%F0%9F%98%80".repeat(64));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//",
        "//a",
        "/a/",
        "/a//",
        "/a//b",
        "/a/b/",
        "/a/b/c",
        "/a/b//",
        "///",
        "//?",
        "/a//?b",
        "/a%2Fb",
        "/a%2fb",
        "/a/%2F",
        "/a%5Cb",
        "/a/%5c",
        "/a\\b",
        "/a%00",
        "/%00",
        "/a/%00b",
        "/.",
        "/..",
        "/%2e",
        "/%2E%2e",
        "/.%2E",
        "/a/.",
        "/a/..",
        "/a/%2e%2e",
        "/../a",
        "/./a",
        "/a%0A",
        "/a%0d",
        "/a/%09",
        "/a/%1f",
        "/a/%7F",
        "/a/%C2%80",
        "/a/%C2%85",
        "/a/%C2%9F",
        "/%",
        "/a%",
        "/a%4",
        "/a%4g",
        "/a%g4",
        "/a%%41",
        "/a%u0041",
        "/a/%",
        "/a/%-1",
        "/a/%+1",
        "/%80",
        "/%C3",
        "/%C3x",
        "/a/%FF",
        "/a/%FE",
        "/%C0%AF",
        "/%C1%81",
        "/%E0%80%AF",
        "/%F0%80%80%AF",
        "/%ED%A0%80",
        "/%ED%A0%BD%ED%B8%80",
        "/%F4%90%80%80",
        "/%F8%88%80%80%80",
        "/%C0%80",
        "/%E2%82",
        "/a/%C3/%A9",
        "/%5Fx",
        "/%5fx/a",
        "/a#b",
        "/a/b#c",
        "/a/#",
        "/#",
        "/a b",
        "/\u00e9",
        "/a/\u00e9",
        "/\u007f",
        "/a\t",
        "a",
        "",
        "a/b",
        "http:",
        "hera:80",
        "?pretty",
        "mailto:a"
      })
  void aTargetThatIsNotNamesIsMalformed(String target) {
    refused(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/_", "/_x/y", "/_status", "/_/../a", "/_%FF"})
  void aPathThatBeginsWithAnUnderscoreIsAnOperationAndKeptRaw(String path) {
    Query query = new Query("a=b");
    assertThat(TargetParser.parse(path)).isEqualTo(new Target.Operation(path, Query.EMPTY));
    assertThat(TargetParser.parse(path + "?a=b")).isEqualTo(new Target.Operation(path, query));
    assertThat(TargetParser.parse("http://h" + path + "?a=b"))
        .isEqualTo(new Target.Operation(path, query));
  }

  @Test
  void anAsteriskIsTheServerItself() {
    assertThat(TargetParser.parse("*")).isEqualTo(new Target.Asterisk());
  }

  @ParameterizedTest
  @CsvSource({"*x, 0", "a, 0", "/., 1", "/a%2Fb, 1", "/a/., 2", "/a/b/c, 2", "//, 2"})
  void aMalformedTargetSaysHowManySegmentsItHas(String target, int segments) {
    assertThat(((Target.Malformed) TargetParser.parse(target)).segments()).isEqualTo(segments);
  }

  @Test
  void anEscapedNumberSignIsPartOfAName() {
    assertThat(((Target.OneInstance) TargetParser.parse("/a/%23")).key().id()).isEqualTo("#");
  }

  @ParameterizedTest
  @CsvSource({
    "http://hera/a/b?c, /a/b?c",
    "HTTP://hera:80/a, /a",
    "https://hera/a, /a",
    "http://hera, /",
    "http://hera?a/b, /?a/b",
    "http://hera/, /",
    "http://hera//a, //a",
    "http://hera/_status, /_status",
    "/http://x/y, /http://x/y",
    "ftp://hera/a, ftp://hera/a",
    "*, *"
  })
  void theAbsoluteFormIsTheSameTarget(String target, String originForm) {
    assertThat(TargetParser.originForm(target)).isEqualTo(originForm);
  }

  private static void refused(String target) {
    assertThat(TargetParser.parse(target))
        .as(target)
        .isInstanceOfSatisfying(
            Target.Malformed.class,
            malformed ->
                assertThat(malformed.problem().type()).isEqualTo(ProblemType.INVALID_PATH));
  }
}
