package io.hera.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.wire.InstanceReading;
import io.hera.wire.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The line that an operator wants for each instance. */
class LineTemplateTest {
  private static InstanceReading reading(String document) {
    return InstanceReading.of(document.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the line, or why there is none. */
  private static String line(String template, String id, String document) throws ProblemException {
    StringBuilder out = new StringBuilder();
    Optional<Lack> lack = LineTemplate.parse(template).append(id, reading(document), out);
    if (lack.isPresent()) {
      assertThat(out).isEmpty();
      return lack.get().name();
    }
    assertThat(out).endsWith("\n");
    return out.substring(0, out.length() - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "server {host}:{port} weight={weight}; ~ {'host':'10.1.1.1','port':80} ~ server 10.1.1.1:80 weight=1;",
        "{host}:{port} ~ {'address':'10.1.1.1:81','weight':3} ~ 10.1.1.1:81",
        "{host}:{port} ~ {'host':'fd00::1','port':'80'} ~ [fd00::1]:80",
        "{host} {port} ~ {'host':'fd00::1','port':80} ~ fd00::1 80",
        "{host} ~ {'host':'::ffff:10.1.1.1'} ~ 10.1.1.1",
        "{host}:{port} ~ {'host':'db.example.com','port':80} ~ db.example.com:80",
        "{id} {zone} {weight} ~ {'zone':'ams','weight':7} ~ a-1 ams 7",
        "{version} {up} ~ {'version':'1.2+3','up':true} ~ 1.2+3 true",
        "{zone|none}/{x|} ~ {} ~ none/",
        "{zone|none} ~ {'zone':'ams'} ~ ams",
        "{zone|none} ~ {'zone':null,'x':null} ~ none",
        "{x|none} ~ {'x':null} ~ none",
        "{x|none} ~ {'x':'null'} ~ null",
        "{x|none} ~ {'x':''} ~ none",
        "{port|80} ~ {} ~ 80",
        "{{ {{host}} } ~ {} ~ { {host}} }",
        "x ~ {} ~ x",
        "{id} ~ {'id':'other'} ~ a-1"
      })
  void aPlaceholderStandsForAMember(String template, String document, String line)
      throws ProblemException {
    assertThat(line(template, "a-1", document)).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{host} ~ {} ~ NO_ADDRESS",
        "{host}:{port} ~ {'host':'h'} ~ NO_PORT",
        "{host} {zone} ~ {'host':'h'} ~ NO_VALUE",
        "{host} {tags} ~ {'host':'h','tags':['a']} ~ NO_VALUE",
        "{x} ~ {'x':'a b'} ~ BAD_VALUE",
        "{x|none} ~ {'x':'a;b'} ~ BAD_VALUE",
        "{zone} ~ {'zone':'a{b'} ~ BAD_VALUE",
        "{x} ~ {'x':'ä'} ~ BAD_VALUE",
        "{x} ~ {'x':'a\\n'} ~ BAD_VALUE",
        "{x} ~ {'x':'$a'} ~ BAD_VALUE"
      })
  void anInstanceThatLacksWhatTheLineNamesIsLeftOut(String template, String document, String lack)
      throws ProblemException {
    assertThat(line(template, "1", document)).isEqualTo(lack);
  }

  @Test
  void aLongValueIsLeftOut() throws ProblemException {
    assertThat(line("{x}", "1", "{'x':'" + "a".repeat(255) + "'}")).hasSize(255);
    assertThat(line("{x}", "1", "{'x':'" + "a".repeat(256) + "'}")).isEqualTo("BAD_VALUE");
  }

  @Test
  void inAnIdEachByteThatMayMeanSomethingBecomesAnUnderscore() throws ProblemException {
    assertThat(line("{id}", "web 1;ä€/x", "{}"))
        .isEqualTo("web_1________x".replace("________", "_".repeat(7)));
    assertThat(line("{id}", "[h@a+b]:1", "{}")).isEqualTo("[h@a+b]:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "a {", "{}", "{|x}", "{host", "{a{b}", "{a|b|c{}", "{host}{"})
  void aBraceThatBeginsNoPlaceholderIsRefused(String template) {
    assertThatThrownBy(() -> LineTemplate.parse(template))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("line: the brace at character ");
  }

  @Test
  void aLineIsBounded() throws ProblemException {
    LineTemplate.parse("x".repeat(LineTemplate.LENGTH_MAX));
    LineTemplate.parse("{a}".repeat(LineTemplate.PLACEHOLDERS_MAX));
    for (String template : new String[] {
      "", "x".repeat(LineTemplate.LENGTH_MAX + 1), "{a}".repeat(LineTemplate.PLACEHOLDERS_MAX + 1)
    }) {
      assertThatThrownBy(() -> LineTemplate.parse(template)).isInstanceOf(ProblemException.class);
    }
  }

  /** Whatever a document says, a line has the operator's words and harmless characters only. */
  @Test
  void noDocumentGetsOutOfItsPlace() throws ProblemException {
    Random random = new Random(7);
    String alphabet = "a1.:;{}[]\\\"'$#\n\r\t /@ä\u0000-";
    LineTemplate template = LineTemplate.parse("<{host}:{port}|{id}|{zone|-}|{x|-}>");
    int lines = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder any = new StringBuilder();
      random
          .ints(random.nextInt(6), 0, alphabet.length())
          .forEach(c -> any.append(alphabet.charAt(c)));
      String text = new io.vertx.core.json.JsonArray().add(any.toString()).encode();
      text = text.substring(1, text.length() - 1);
      String[] values = {"\"10.1.1.1\"", "\"a\"", "\"a\""};
      values[random.nextInt(values.length)] = text;
      String document =
          "{\"host\":%s,\"port\":80,\"zone\":%s,\"x\":%s}".formatted((Object[]) values);
      StringBuilder out = new StringBuilder();
      InstanceReading reading = InstanceReading.of(document.getBytes(StandardCharsets.UTF_8));
      if (template.append(any + "i", reading, out).isEmpty()) {
        assertThat(out.toString())
            .matches("<[A-Za-z0-9._:\\[\\]@+-]+(\\|[A-Za-z0-9._:\\[\\]@+-]+){3}>\n");
        lines++;
      }
    }
    assertThat(lines).isBetween(1_000, 19_000);
  }
}
