package io.hera.http.eureka;

import io.hera.eureka.EurekaInstance;
import io.hera.eureka.EurekaListing.Extent;
import io.hera.http.EurekaPath;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Which instances a client of Eureka asks for. */
sealed interface Question {
  /** Returns whether instances of this service may be among them. */
  default boolean concerns(String service) {
    return true;
  }

  /** Returns whether an instance with this id may be among them. */
  default boolean mayHave(String id) {
    return true;
  }

  /** Returns which instances are among them. */
  default Predicate<EurekaInstance> wanted() {
    return any -> true;
  }

  /** Returns what the reply has. */
  default Extent extent() {
    return Extent.APPLICATIONS;
  }

  /** All. */
  record All() implements Question {}

  /** Those of one application. */
  record App(String app) implements Question {
    @Override
    public boolean concerns(String service) {
      return EurekaInstance.app(service).equals(app);
    }

    @Override
    public Extent extent() {
      return Extent.APPLICATION;
    }
  }

  /** One instance, of one application or of any. */
  record One(Optional<String> app, String id) implements Question {
    @Override
    public boolean concerns(String service) {
      return app.isEmpty() || EurekaInstance.app(service).equals(app.get());
    }

    @Override
    public boolean mayHave(String other) {
      return id.equals(other);
    }

    @Override
    public Extent extent() {
      return Extent.INSTANCE;
    }
  }

  /** Those with a VIP address of this name, in upper case. */
  record Vip(String name) implements Question {
    @Override
    public Predicate<EurekaInstance> wanted() {
      return instance -> has(instance.vip(), name);
    }
  }

  /** Those with a secure VIP address of this name, in upper case. */
  record SecureVip(String name) implements Question {
    @Override
    public Predicate<EurekaInstance> wanted() {
      return instance -> has(instance.secureVip(), name);
    }
  }

  private static boolean has(String addresses, String name) {
    return Arrays.stream(addresses.split(","))
        .anyMatch(address -> upper(address.strip()).equals(name));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /**
   * Returns the question that a path is; empty if it is not one. A delta is the whole list: a client adds it to what it has, and fetches
   * all if the numbers by status differ then. So it sees every instance that was replaced, and the node keeps nothing for it.
   */
  static Optional<Question> of(EurekaPath path) {
    if (path.is("apps", 0) || (path.is("apps", 1) && path.segment(1).equals("delta"))) {
      return Optional.of(new All());
    } else if (path.is("apps", 1)) {
      return Optional.of(new App(upper(path.segment(1))));
    } else if (path.is("apps", 2)) {
      return Optional.of(new One(Optional.of(upper(path.segment(1))), path.segment(2)));
    } else if (path.is("instances", 1)) {
      return Optional.of(new One(Optional.empty(), path.segment(1)));
    } else if (path.is("vips", 1)) {
      return Optional.of(new Vip(upper(path.segment(1))));
    } else if (path.is("svips", 1)) {
      return Optional.of(new SecureVip(upper(path.segment(1))));
    }
    return Optional.empty();
  }
}
