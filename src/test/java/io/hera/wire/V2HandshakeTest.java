package io.hera.wire;

import static io.hera.wire.V2Samples.decode;
import static io.hera.wire.V2Samples.envelope;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what a node says of itself in an answer of version 2 (P17). */
class V2HandshakeTest {
  @Test
  void theHandshakeAndTheOriginsHeldTravel() throws Malformed {
    Handshake says =
        new Handshake(new NodeId("n", "l"), 5, "prod-eu", Set.of("view2", "held"), "7c1f");
    V2Answer answer = new V2Answer(
        says,
        0,
        0,
        "0a",
        new Delta(List.of()),
        Map.of("c", 7L, "b", 0L),
        Map.of(),
        Optional.empty());
    String written = "{\"node\":\"n\",\"life\":\"l\",\"since\":5,\"cluster\":\"prod-eu\","
        + "\"can\":[\"held\",\"view2\"],\"cfg\":\"7c1f\",\"now\":0,\"liveness\":0,"
        + "\"members\":\"0a\",\"origins\":{},\"more\":false,\"held\":{\"b\":0,\"c\":7}}";

    assertThat(new String(V2Codec.encode(answer), UTF_8)).isEqualTo(written);
    assertThat(decode(written)).isEqualTo(new Decoded<>(answer, 0));
  }

  @Test
  void membersThatVersion10LacksAreEmpty() throws Malformed {
    V2Answer answer = decode(envelope("")).answer();
    assertThat(answer.handshake()).isEqualTo(Handshake.of(new NodeId("n", "l")));
    assertThat(answer.held()).isEmpty();
    assertThat(answer.members()).isEmpty();
  }

  @Test
  void rulesThatThisVersionCannotReadAreSkipped() throws Malformed {
    String said = with("\"can\":[\"view2\",\"A b\",\"\"]");
    assertThat(decode(said).answer().handshake().can()).containsExactly("view2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"since\":-1",
        "\"since\":\"1\"",
        "\"cluster\":\"a b\"",
        "\"cluster\":null",
        "\"can\":{}",
        "\"can\":[1]",
        "\"cfg\":\"xyz\"",
        "\"members\":7",
        "\"held\":[]",
        "\"held\":{\"a\":-1}",
        "\"held\":{\"a\":1,\"a\":1}",
      })
  void aMemberOfTheHandshakeOfWrongShapeIsRefused(String member) {
    assertThatThrownBy(() -> decode(with(member))).isInstanceOf(Malformed.class);
  }

  @Test
  void theOriginsHeldAreBounded() {
    String held = IntStream.rangeClosed(0, GossipLimits.ORIGINS_MAX)
        .mapToObj(i -> "\"o" + i + "\":1")
        .collect(Collectors.joining(","));
    String answer = with("\"held\":{" + held + "}");
    assertThatThrownBy(() -> decode(answer)).isInstanceOf(Malformed.class);
  }

  private static String with(String member) {
    return envelope("").replaceFirst("\\{", "{" + member + ",");
  }
}
