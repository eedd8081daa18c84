package io.hera.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final int INSTANCES = 730;

  private final Batches batches = new Batches(new Fleet("f-", INSTANCES, 120), 250);

  private static JsonObject body(Buffer request) {
    String text = request.toString();
    String body = text.substring(text.indexOf("\r\n\r\n") + 4);
    assertThat(text).contains("\r\ncontent-length: " + body.length() + "\r\n");
    return new JsonObject(body);
  }

  private static List<String> all() {
    return LongStream.range(0, INSTANCES)
        .mapToObj(n -> "f-" + n / 100 + "/i-" + n)
        .toList();
  }

  @Test
  void theBatchesRegisterEachInstanceOnce() {
    List<String> registered = new ArrayList<>();
    for (long n = 0; n < batches.count(); n++) {
      for (var service : body(batches.registration(n))) {
        JsonObject instances = (JsonObject) service.getValue();
        instances.forEach(instance -> {
          registered.add(service.getKey() + "/" + instance.getKey());
          assertThat(instance.getValue().toString()).hasSize(120);
        });
      }
    }
    assertThat(batches.count()).isEqualTo(3);
    assertThat(registered).containsExactlyInAnyOrderElementsOf(all());
  }

  @Test
  void theBatchesOfEachRoundRenewTheSame() {
    List<String> renewed = new ArrayList<>();
    for (long n = 3; n < 6; n++) {
      for (var service : body(batches.renewal(n))) {
        ((JsonArray) service.getValue()).forEach(id -> renewed.add(service.getKey() + "/" + id));
      }
    }
    assertThat(renewed).containsExactlyInAnyOrderElementsOf(all());
  }
}
