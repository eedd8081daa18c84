package io.hera.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.Main;
import io.hera.config.Config;
import io.hera.config.ConfigLoader;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The image's lines fit the node. No engine runs here, so no test builds the image. */
class ImageTest {
  @Test
  void theImageRunsANodeAloneWhosePortIsExposedAndWhoseDataIsAVolume() {
    List<String> conf = Image.arguments("CMD");
    assertThat(NodeStart.launch(conf).arguments()).isEqualTo(conf);
    Map<String, String> environment = Map.of("HERA_DATA", Image.line("ENV HERA_DATA"));

    Config config = new ConfigLoader(new JsonObject(conf.get(1)), environment).config();

    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(Image.line("EXPOSE")).isEqualTo("" + config.port());
    assertThat(Image.line("VOLUME")).isEqualTo(config.disk().data());
  }

  @Test
  void theImageStopsByASignalThatTheNodeHandles() {
    assertThat(Image.line("STOPSIGNAL")).isEqualTo("SIGTERM");
    assertThat(Main.STOP_MILLIS_MAX).isEqualTo(10_000); // as the comment says
  }

  @Test
  void everyFileThatTheImageCopiesIsThere() {
    List<String> copied = Arrays.stream(
            Image.line("COPY --from=build /build/target/hera.jar").split(" ", -1))
        .filter(word -> word.startsWith("conf/"))
        .collect(Collectors.toList());
    copied.addAll(List.of(".mvn", "pom.xml", "src/main", "conf/hera.yml"));
    assertThat(copied).hasSize(5).allSatisfy(file -> assertThat(Path.of(file)).exists());
  }
}
