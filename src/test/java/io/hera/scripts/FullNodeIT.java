package io.hera.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.HeraProcess;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that is full answers reads of every kind, with the heap that configuration.md asks for; all is a tenth of the defaults. */
@Timeout(300)
class FullNodeIT {
  private static final int DOCUMENT_BYTES = 65_000;

  private static final String SETTINGS = """
      limits:
        total-bytes: 25MiB
        page-bytes: 6MiB
        in-flight-bytes: 6MiB
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = Ports.free();

  /** A read, with the header that decides about its form. */
  private record Read(String target, String header, String value) {}

  private static List<Read> reads(String service) {
    return List.of(
        new Read(service, "accept", "*/*"),
        new Read(service, "accept-encoding", "gzip"),
        new Read(service + "?pretty", "accept", "*/*"),
        new Read(service + "?match=zone:z1", "accept", "*/*"),
        new Read(service + "?wait=1", "if-none-match", "W/\"other\""),
        new Read("/_export", "accept", "application/json"),
        new Read("/_export", "accept-encoding", "gzip"),
        new Read("/_export", "accept", "application/x-ndjson"),
        new Read("/_sd/prometheus", "accept", "*/*"),
        new Read("/_deltas?hera=0", "accept", "application/vnd.hera.deltas.v2+json"),
        new Read("/", "accept", "*/*"));
  }

  private int length(Read read) {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + read.target))
        .header(read.header, read.value)
        .build();
    try (InputStream body =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      return body.readAllBytes().length;
    } catch (IOException failed) {
      throw new IllegalStateException(read.toString(), failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private void fill(List<String> services) {
    String document = "{\"zone\":\"z1\",\"address\":\"10.0.0.1:80\",\"x\":\""
        + "x".repeat(DOCUMENT_BYTES) + "\"}";
    int status = 204;
    for (int i = 0; status == 204; i++) {
      status = Http.put(port, services.get(i % services.size()) + "/" + i, document);
    }
    assertThat(status).isEqualTo(507);
  }

  @Test
  void aFullNodeAnswersReadsOfEveryKind(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("hera.yml"), SETTINGS);
    List<String> options = new ArrayList<>(JvmOptions.all());
    options.addAll(List.of("-Xmx160m", "-jar", HeraProcess.jar()));
    try (HeraProcess node =
        HeraProcess.startWith(options, "-c", file.toString(), "-p", "" + port)) {
      node.awaitOk(port, "/_health/ready");
      List<String> services = List.of("/large", "/large", "/large", "/small");
      fill(services);
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<CompletableFuture<Integer>> lengths = IntStream.range(0, 4)
            .mapToObj(round -> services.get(round))
            .flatMap(service -> reads(service).stream())
            .map(read -> CompletableFuture.supplyAsync(() -> length(read), threads))
            .collect(Collectors.toList());
        lengths.forEach(length -> assertThat(length.join()).isPositive());
      } finally {
        threads.shutdown();
      }
      assertThat(Http.get(port, "/_health/ready")).isNotEmpty();
    }
  }
}
