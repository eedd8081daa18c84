package io.hera.http.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hera.http.HttpSettings;
import io.hera.registry.Delta;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Metrics for Prometheus. */
class MetricsTest {
  private static final Pattern SAMPLE = Pattern.compile(
      "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\",?)*})? (\\S+)");

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private String scrape() {
    Reply reply = node.get("/_metrics");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    return reply.body();
  }

  private Map<String, Double> samples() {
    Map<String, Double> samples = new HashMap<>();
    for (String line : scrape().lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        String labels = sample.group(2) == null ? "" : sample.group(2);
        samples.put(
            sample.group(1) + labels, Double.valueOf(sample.group(3).replace("Inf", "Infinity")));
      }
    }
    return samples;
  }

  @Test
  void theStateOfTheNodeIsMeasured() {
    node.register("/s/1", "{\"a\":1}");
    node.register("/s/2?ttl=1h", "{}");
    node.register("/t/1", "{}");
    node.send("DELETE", "/t/1", "").isDone();
    assertThat(samples())
        .containsEntry("hera_instances", 2.0)
        .containsEntry("hera_services", 1.0)
        .containsEntry("hera_tombstones", 1.0)
        .containsEntry("hera_ready", 1.0)
        .containsEntry("hera_watchers", 0.0)
        .containsEntry("hera_expired_total", 0.0)
        .containsEntry("hera_info{node=\"a\",version=\"test\"}", 1.0)
        .containsEntry("hera_security{access=\"open\",plaintext=\"refused\",tls=\"none\"}", 1.0)
        .containsKeys("jvm_threads_live_threads", "process_cpu_seconds_total");
  }

  @Test
  void eachReplyIsCountedByRouteMethodAndStatus() {
    node.register("/s/1", "{}");
    node.register("/s/1", "{}");
    node.get("/s");
    node.get("/s?pretty");
    node.get("/s/none");
    node.get("/");
    node.put("/s/1", "no json");
    node.get("/_x");
    node.raw("BAD\r\n\r\n");
    String tag = node.get("/s").header("etag");
    node.get("/s?wait=1ms", "If-None-Match: " + tag);
    assertThat(samples())
        .containsEntry(times("PUT", "/{service}/{id}", 204), 2.0)
        .containsEntry(times("PUT", "/{service}/{id}", 400), 1.0)
        .containsEntry(times("GET", "/{service}/{id}", 404), 1.0)
        .containsEntry(times("GET", "/{service}", 200), 3.0)
        .containsEntry(times("GET", "/{service}?wait", 304), 1.0)
        .containsEntry(times("GET", "/", 200), 1.0)
        .containsEntry(times("GET", "other", 404), 1.0)
        .containsEntry("hera_requests_refused_total{type=\"invalid-document\"}", 1.0)
        .containsEntry("hera_requests_refused_total{type=\"unknown-instance\"}", 1.0);
    assertThat(samples()).containsKey(times("GET", "/_metrics", 200));
    assertThat(samples())
        .containsEntry(
            times("PUT", "/{service}/{id}", 204).replace("requests_total", "request_seconds_count"),
            2.0);
  }

  private static String times(String method, String route, int status) {
    return "hera_http_requests_total{method=\"%s\",route=\"%s\",status=\"%d\"}"
        .formatted(method, route, status);
  }

  @Test
  void propagationIsTimedFromThePeersWriteAndOncePerVersion() {
    long now = System.currentTimeMillis();
    byte[] document = "{}".getBytes(StandardCharsets.UTF_8);
    Key key = new Key("s", "1");
    Registration one = new Registration(key, document, now - 300, 300, 300_000);
    Registration two = new Registration(key, document, now - 200, 200, 300_000);
    node.merge(new Delta(List.of(new OriginDelta("b", 0, now - 300, false, List.of(one)))));
    node.merge(new Delta(List.of(new OriginDelta("b", 0, now - 200, false, List.of(one, two)))));
    Map<String, Double> samples = samples();
    assertThat(samples).containsEntry("hera_propagation_seconds_count", 2.0);
    assertThat(samples.get("hera_propagation_seconds_sum")).isBetween(0.5, 20.0);
    assertThat(samples).containsEntry("hera_propagation_seconds_bucket{le=\"0.1\"}", 0.0);
  }

  /** Text format 0.0.4: each family has one type, named before its samples; buckets only grow, up to the count. */
  @Test
  void theTextHasTheFormatThatPrometheusReads() {
    node.register("/s/1", "{}");
    node.get("/s");
    Set<String> families = new HashSet<>();
    String family = "";
    double bucket = 0;
    for (String line : scrape().lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", -1);
        family = words[2];
        assertThat(families.add(family)).as(line).isTrue();
        assertThat(words[3]).isIn("counter", "gauge", "histogram");
      } else if (!line.startsWith("# HELP ")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(sample.group(1)).matches(Pattern.quote(family) + "(_bucket|_sum|_count)?");
        double value = Double.parseDouble(sample.group(3));
        if (sample.group(1).endsWith("_bucket")) {
          assertThat(value).as(line).isGreaterThanOrEqualTo(bucket);
          bucket = line.contains("le=\"+Inf\"") ? 0 : value;
        }
      }
    }
    assertThat(families).hasSizeGreaterThan(20);
  }

  @Test
  void metricsCanBeSwitchedOff() {
    HttpSettings plain = new HttpSettings("127.0.0.1", 0, 65_536, 16_384, false);
    try (ServedNode quiet = ServedNode.ready(plain)) {
      quiet.register("/s/1", "{}");
      quiet.get("/_metrics").isProblem(404, "unknown-endpoint");
    }
  }

  @Test
  void promtoolAgreesWhereItIsInstalled() throws Exception {
    assumeThat(Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))))
        .isTrue();
    node.register("/s/1", "{}");
    Process check = new ProcessBuilder("promtool", "check", "metrics")
        .redirectErrorStream(true)
        .start();
    try (OutputStream in = check.getOutputStream()) {
      in.write(scrape().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(said(check)).isEmpty();
    assertThat(check.waitFor()).isZero();
  }

  private static String said(Process process) throws IOException {
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
