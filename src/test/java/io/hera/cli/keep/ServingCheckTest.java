package io.hera.cli.keep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.testkit.Console;
import io.hera.testkit.Ports;
import io.hera.testkit.ServedNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks and options of {@code hera run SERVICE -- COMMAND}. */
@Execution(ExecutionMode.CONCURRENT)
class ServingCheckTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private ServingCheck check(String text) {
    return ServingCheck.of(text, node.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "/_health/live", "http://127.0.0.1:PORT/_health/live"})
  void aServerThatAnswersIsWell(String text) {
    assertThatCode(() -> check(text.replace("PORT", "" + node.port())).run())
        .doesNotThrowAnyException();
  }

  @Test
  void aRefusalAndAClosedPortAreNamed() {
    assertThatThrownBy(() -> check("/orders/1").run())
        .isInstanceOf(IOException.class)
        .hasMessage("/orders/1 answers 404");
    int port = Ports.free();
    assertThatThrownBy(() -> ServingCheck.of("tcp", port).run())
        .isInstanceOf(IOException.class)
        .hasMessage("port " + port + " takes no connections");
  }

  @Test
  void aChangeOfHealthIsSaidOnce() {
    List<String> said = new ArrayList<>();
    List<Boolean> script =
        new ArrayList<>(List.of(false, true, false, true, false, false, false, true));
    FollowedCheck check = new FollowedCheck(new Scripted(script), said::add);
    while (!script.isEmpty()) {
      boolean well = script.get(0);
      assertThat(check.healthy()).isEqualTo(well);
    }
    assertThat(said).containsExactly("is down: no", "is up again");
  }

  @Test
  void anInstanceThatNeverServesIsMentionedOnce() {
    List<String> said = new ArrayList<>();
    FollowedCheck check =
        new FollowedCheck(new Scripted(new ArrayList<>(Collections.nCopies(50, false))), said::add);
    for (int i = 0; i < 50; i++) {
      assertThat(check.healthy()).isFalse();
    }
    assertThat(said).containsExactly("is not registered yet: no");
  }

  @Test
  void membersAreTextUnlessTheyAreSaidToBeJson() {
    assertThat(new String(
            Members.document(80, List.of("version=1.10", "a=b=c", "weight:=5", "empty="))
                .bytes(),
            UTF_8))
        .isEqualTo("{\"port\":80,\"version\":\"1.10\",\"a\":\"b=c\",\"weight\":5,\"empty\":\"\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run orders -- x | hera: missing required option: '--port=PORT', see hera run -h",
        "run -p 1 -- x | hera: missing required parameter: 'SERVICE[/ID]', see hera run -h",
        "run orders more -p 1 -- x | hera: unmatched argument at index 2: 'more', see hera run -h",
        "run orders -p 1 -- | hera: COMMAND is missing behind --",
        "run orders -p 0 -- x | hera: port: 0 is not in 1..65535",
        "run _a -p 1 -- x | hera: the service begins with '_', which is reserved",
        "run orders -p 1 --check x -- x | hera: --check: x is not tcp, a path such as /health, or a URL",
        "run orders -p 1 --drain 2h -- x | hera: --drain: 2h is not a duration in 0..1h, such as 5s",
        "run orders -p 1 --ttl x -- x | hera: --ttl: x is not a duration, such as 30s",
        "run orders -p 1 --set =x -- x | hera: --set: =x is not K=V or K:=JSON",
        "run orders -p 1 --nodes a -- x | hera: a is not http://HOST:PORT or https://HOST:PORT",
        "put orders/1 --keep | hera: --keep needs a document",
      })
  void aMistakeIsOneLineAndNothingIsStarted(String arguments, String line) {
    Console console = new Console();
    assertThat(console.run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(console.out()).isEmpty();
    assertThat(console.err()).isEqualTo(line + System.lineSeparator());
  }

  @Test
  void helpExplainsBothWaysToRun() {
    Console console = new Console();
    assertThat(console.run("run", "-h")).isZero();
    assertThat(console.out()).contains("hera run [-c FILE]", "hera run -h --");
    assertThat(console.run("run", "-h", "--")).isZero();
    assertThat(console.out()).contains("--drain", "126").doesNotContain("--vertx-options");
  }

  /** Succeeds or fails as a list says. */
  private static final class Scripted implements ServingCheck {
    private final List<Boolean> script;

    Scripted(List<Boolean> script) {
      this.script = script;
    }

    @Override
    public void run() throws IOException {
      if (!script.remove(0)) {
        throw new IOException("no");
      }
    }
  }
}
