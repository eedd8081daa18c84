package io.hera.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.ServedNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hera watch} as a process. */
@Timeout(120)
class WatchIT {
  @TempDir
  private Path directory;

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private HeraProcess watch(String... more) {
    Path classes = directory.resolve("classes");
    List<String> options =
        List.of("-Xlog:class+load:file=" + classes, "-jar", HeraProcess.jar(), "watch", "orders");
    String[] all = new String[more.length + 2];
    all[0] = "--nodes";
    all[1] = "127.0.0.1:" + node.port();
    System.arraycopy(more, 0, all, 2, more.length);
    return HeraProcess.startWith(options, all);
  }

  @Test
  void ctrlCEndsItAndNoClassOfVertxIsLoaded() throws IOException {
    node.register("/orders/1", "{}");
    try (HeraProcess watch = watch()) {
      watch.awaitLine("  +  1");
      assertThat(watch.signal("INT").exitCode()).isEqualTo(130);
      assertThat(watch.err()).isEmpty();
      assertThat(Files.readString(directory.resolve("classes")))
          .contains("io.hera.cli.watch")
          .doesNotContain("io.vertx.", "java.net.http.");
    }
  }

  @Test
  void aCommandIsRunAtFirstAndAfterEachChange() {
    Path out = directory.resolve("out");
    try (HeraProcess watch = watch("--exec", "cat >> " + out)) {
      Eventually.passes(() -> assertThat(out).content().isEqualTo("{}\n"));
      node.register("/orders/1", "{\"a\":1}");
      Eventually.passes(() -> assertThat(out).content().isEqualTo("{}\n{\"1\":{\"a\":1}}\n"));
      assertThat(watch.out()).isEmpty();
      assertThat(watch.err()).isEmpty();
    }
  }
}
