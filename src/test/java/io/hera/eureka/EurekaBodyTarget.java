package io.hera.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.fuzz.Allocation;
import io.hera.json.Documents;
import io.hera.json.Malformed;
import java.util.Map;
import java.util.Optional;

/** Fuzz target: bodies with which clients of Eureka register, and documents of any kind as these clients get them. */
public final class EurekaBodyTarget {
  private static final String SERVICE = "orders";
  private static final int BYTES_MAX = 1 << 14;
  private static final int DEPTH_MAX = 16;
  private static final int PER_BYTE = 512;

  private EurekaBodyTarget() {}

  /** Checks that a registered instance has one form, and that no document can make a client fail. */
  public static boolean accepts(byte[] input) throws Malformed {
    if (!isDocument(input)) {
      return false;
    }
    EurekaMapping.ofDocument(SERVICE, "1", input)
        .ifPresentOrElse(
            EurekaBodyTarget::isStrict,
            () -> assertThat(EurekaMapping.lack(input)).isPresent());
    check(EurekaMapping.withMetadata(input, Map.of("zone", "fra")));
    Optional<EurekaInstance> registered = registered(input);
    if (registered.isPresent()) {
      hasOneForm(registered.get());
    }
    return registered.isPresent();
  }

  private static boolean isDocument(byte[] input) {
    try {
      Documents.check(input, BYTES_MAX, DEPTH_MAX);
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static Optional<EurekaInstance> registered(byte[] input) {
    try {
      return Optional.of(
          Allocation.bounded(input.length, PER_BYTE, () -> EurekaMapping.ofBody(input, SERVICE)));
    } catch (Malformed flaw) {
      assertThat(flaw.reason()).startsWith("the instance has ");
      assertThat(flaw.pointer()).startsWith("/instance/");
      return Optional.empty();
    }
  }

  private static void hasOneForm(EurekaInstance instance) throws Malformed {
    byte[] document = EurekaMapping.document(instance);
    check(document);
    check(EurekaMapping.withStatus(document, instance));
    Optional<EurekaInstance> back = EurekaMapping.ofDocument(SERVICE, instance.id(), document);
    if (back.isPresent()) {
      isStrict(back.get());
      assertThat(EurekaMapping.document(back.get())).as("written again").isEqualTo(document);
    }
  }

  private static void check(byte[] written) throws Malformed {
    Documents.check(written, 16 * BYTES_MAX, DEPTH_MAX + 2);
  }

  private static void isStrict(EurekaInstance instance) {
    StrictForms.json(instance);
    StrictForms.xml(instance);
  }
}
