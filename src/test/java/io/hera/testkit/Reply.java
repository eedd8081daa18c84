package io.hera.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer as received; header names are in lower case. */
public record Reply(int status, Map<String, String> headers, byte[] bytes) {
  private static final String DATE =
      "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-3][0-9] [A-Z][a-z]{2} 2[0-9]{3} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT";

  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  public String body() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public JsonObject json() {
    return new JsonObject(body());
  }

  /** Checks the headers that every answer must have. */
  public Reply checked() {
    assertThat(headers)
        .containsEntry("x-content-type-options", "nosniff")
        .hasEntrySatisfying(
            "cache-control",
            value -> assertThat(value)
                .isIn("no-cache", "private, no-cache", "public, max-age=31536000, immutable"))
        .containsEntry("hera-node", "a")
        .hasEntrySatisfying("date", date -> assertThat(date).matches(DATE));
    if (status == 204 || status == 304) {
      assertThat(headers).doesNotContainKeys("content-length", "content-type", "transfer-encoding");
    } else if (header("content-length").equals("0")) {
      assertThat(headers).doesNotContainKey("transfer-encoding");
      assertThat(status < 400 || !headers.containsKey("content-type")).isTrue();
    } else if (status != 303) {
      assertThat(headers).containsKeys("content-type");
      assertThat(headers.containsKey("content-length"))
          .isNotEqualTo(headers.containsKey("transfer-encoding"));
    }
    return this;
  }

  /** Checks that this is a complete problem of the given kind. */
  public JsonObject isProblem(int status, String type) {
    assertThat(this.status).as(body()).isEqualTo(status);
    assertThat(header("content-type")).isEqualTo("application/problem+json");
    JsonObject problem = json();
    assertThat(problem.getString("type")).isEqualTo("urn:hera:problem:" + type);
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank().doesNotContain("Exception", "io.");
    return problem;
  }

  /** Checks that this is 204, without a body. */
  public void isDone() {
    assertThat(status).as(body()).isEqualTo(204);
    assertThat(bytes).isEmpty();
  }
}
