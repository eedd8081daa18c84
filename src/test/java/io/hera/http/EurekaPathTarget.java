package io.hera.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.fuzz.Allocation;
import io.hera.http.TargetParser.Senders;
import io.hera.wire.Names;
import io.hera.wire.ProblemException;
import java.util.List;
import java.util.Locale;

/** Fuzz target: paths of clients of Eureka, compared with what a pattern and the JDK's URLDecoder make of them. */
public final class EurekaPathTarget {
  private static final int PER_BYTE = 256;

  private EurekaPathTarget() {}

  public static boolean accepts(byte[] input) {
    String sent = new String(input, ISO_8859_1);
    Target parsed =
        Allocation.bounded(input.length, PER_BYTE, () -> TargetParser.parse(sent, Senders.BOTH));
    String path = TargetParser.originForm(sent).split("\\?", 2)[0];
    boolean isForEureka = path.matches("(?s)/_eureka(/.*)?|/eureka/[^/]*/.*");
    assertThat(parsed instanceof Target.Eureka).as("for Eureka").isEqualTo(isForEureka);
    return isForEureka && isRead(parsed, path);
  }

  private static boolean isRead(Target target, String path) {
    try {
      EurekaPath read = EurekaPath.of(target);
      assertThat(read.segments()).as("second reading").isEqualTo(segments(path));
      read.service().ifPresent(service -> {
        assertThat(service).isEqualTo(read.segment(1).toLowerCase(Locale.ROOT));
        assertThat(Names.flawOfService(service)).isEmpty();
      });
      return true;
    } catch (ProblemException refused) {
      PathTarget.blamesTheClient(refused.problem());
      return false;
    }
  }

  /** Returns the segments behind the prefix and the version, before the slashes at the end. */
  private static List<String> segments(String path) {
    String bare = path.replaceFirst("^/_?eureka", "").replaceFirst("/+\\z", "");
    List<String> all = PathTarget.segments(bare.replaceFirst("^/", ""));
    List<String> behind = all.get(0).equals("v2") ? all.subList(1, all.size()) : all;
    return behind.equals(List.of("")) ? List.of() : behind;
  }
}
