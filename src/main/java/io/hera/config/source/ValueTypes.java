package io.hera.config.source;

import io.hera.config.source.RawValue.Kind;
import io.hera.config.source.RawValue.Scalar;
import io.hera.tls.TlsVersion;
import io.hera.wire.Address;
import io.hera.wire.Handshake;
import io.hera.wire.Networks;
import io.hera.wire.WebOrigin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** The types of Hera's settings. */
public final class ValueTypes {
  /** The name of a node. */
  public static final ValueType<String> NODE_NAME = new Text(
      name -> name, HostNames::badName, "1 to 255 of A-Z a-z 0-9 . _ : -, not beginning with _");

  /** The name of a cluster; empty for none, which cannot be written. */
  public static final ValueType<String> CLUSTER_NAME =
      new Text(name -> name, ValueTypes::badCluster, "1 to 64 of A-Z a-z 0-9 . _ : -");

  /** A host name, or an IP address with or without brackets. */
  public static final ValueType<String> HOST =
      new Text(Address::withoutBrackets, HostNames::badHost, "a host name or an IP address");

  /** The port of a node. Port 0, any free one, is allowed but cannot be written. */
  public static final ValueType<Integer> PORT = new Numeric<>(
      Unit.COUNT, new Range(1, 65_535), new Range(0, 65_535), number -> (int) number, port -> port);

  /** Name to address of every node of a cluster, or where they are found by DNS. */
  public static final ValueType<ClusterNodes> CLUSTER = new ClusterType();

  /** True or false. */
  public static final ValueType<Boolean> FLAG = new Flag();

  /** A list of names. */
  public static final ValueType<List<String>> NAMES = new ListType<>(
      "name",
      name -> Optional.of(name).filter(text -> !text.isEmpty()),
      "is not a name",
      "a list of names, empty or not");

  /** A list of host names and IP addresses. */
  public static final ValueType<List<String>> HOSTS = new ListType<>(
      "host",
      host -> Optional.of(Address.withoutBrackets(host))
          .filter(name -> HostNames.badHost(name).isEmpty()),
      "is not a host name, without scheme and port",
      "a list of host names, empty or not");

  /** A list of IP addresses, each of one machine. */
  public static final ValueType<List<String>> ADDRESSES = new ListType<>(
      "address",
      text -> Optional.of(Address.withoutBrackets(text)).filter(HostNames::isOneAddress),
      "is not the IP address of one interface",
      "a list of IP addresses, neither 0.0.0.0 nor ::");

  /** The domain of names in DNS. */
  public static final ValueType<String> DOMAIN = new Text(
      HostNames::domain, HostNames::badDomain, "a domain of up to 200 characters, but not local");

  /** Networks whose addresses are served. */
  public static final ValueType<Networks> NETWORKS = new NetworksType();

  /** A list of the origins of web pages. */
  public static final ValueType<List<WebOrigin>> ORIGINS = new ListType<>(
      "origin",
      WebOrigin::parse,
      "is not an origin: write https://host or https://host:port, without a path",
      "a list of origins (http or https, host, and port if it is not the standard one), empty or"
          + " not");

  /** Whether a node speaks TLS, and with which files. */
  public static final ValueType<TlsSetting> TLS = new TlsType();

  /** A version of TLS. */
  public static final ValueType<TlsVersion> TLS_VERSION = new Version();

  /** A file, or the word off. */
  public static final ValueType<SwitchedFile> SWITCHED_FILE = new SwitchedFileType();

  /** Which processes may use a node over the event bus. */
  public static final ValueType<BusReach> BUS_REACH = new WordType<>(List.of(BusReach.values()));

  /** A file; empty for none, which cannot be written. */
  public static final ValueType<String> FILE = path("a file");

  /** The path of a directory. */
  public static final ValueType<String> DIRECTORY = path("a directory");

  private ValueTypes() {}

  /** Returns the type of a setting that is one of these constants, by their names in lower case. */
  public static <E extends Enum<E>> ValueType<E> word(List<E> values) {
    return new WordType<>(values);
  }

  /** Returns the type of a number of things. */
  public static ValueType<Integer> count(int min, int max) {
    return number(Unit.COUNT, new Range(min, max), number -> (int) number, count -> count);
  }

  /** Returns the type of a number of bytes. */
  public static ValueType<Integer> size(int min, int max) {
    return number(Unit.BYTES, new Range(min, max), number -> (int) number, bytes -> bytes);
  }

  /** Returns the type of a number of bytes that an int does not hold. */
  public static ValueType<Long> largeSize(long min, long max) {
    return number(Unit.BYTES, new Range(min, max), number -> number, bytes -> bytes);
  }

  /** Returns the type of a span of time. */
  public static ValueType<Duration> duration(Duration min, Duration max) {
    Range millis = new Range(min.toMillis(), max.toMillis());
    return number(Unit.MILLIS, millis, Duration::ofMillis, Duration::toMillis);
  }

  private static Optional<String> badCluster(String name) {
    return name.isEmpty() || Handshake.isCluster(name)
        ? Optional.empty()
        : Optional.of("is not the name of a cluster: 1 to 64 of A-Z a-z 0-9 . _ : -");
  }

  private static <T> ValueType<T> number(
      Unit unit, Range range, LongFunction<T> of, ToLongFunction<T> number) {
    return new Numeric<>(unit, range, range, of, number);
  }

  /** Least and greatest value allowed. */
  private record Range(long min, long max) {
    boolean holds(long value) {
      return min <= value && value <= max;
    }
  }

  private static final class Text extends ScalarType<String> {
    private final Function<String, String> normal;
    private final Function<String, Optional<String>> rule;
    private final String allowed;

    Text(Function<String, String> normal, Function<String, Optional<String>> rule, String allowed) {
      this.normal = normal;
      this.rule = rule;
      this.allowed = allowed;
    }

    @Override
    Optional<String> parse(Scalar scalar, Consumer<String> fault) {
      if (scalar.kind() == Kind.AMBIGUOUS) {
        fault.accept("is not text in YAML, write it in quotes");
        return Optional.empty();
      }
      String text = normal.apply(scalar.text());
      Optional<String> broken = broken(text);
      broken.ifPresent(fault);
      return broken.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    @Override
    public Optional<String> broken(String value) {
      return rule.apply(value);
    }

    @Override
    public String text(String value) {
      return value;
    }

    @Override
    public String allowed() {
      return allowed;
    }
  }

  private static final class Numeric<T> extends ScalarType<T> {
    private final Unit unit;
    private final Range written;
    private final Range valid;
    private final LongFunction<T> of;
    private final ToLongFunction<T> number;

    Numeric(Unit unit, Range written, Range valid, LongFunction<T> of, ToLongFunction<T> number) {
      this.unit = unit;
      this.written = written;
      this.valid = valid;
      this.of = of;
      this.number = number;
    }

    @Override
    Optional<T> parse(Scalar scalar, Consumer<String> fault) {
      OptionalLong value = unit.parse(scalar.text());
      if (value.isEmpty()) {
        fault.accept(unit.expected(written.min(), written.max()));
        return Optional.empty();
      }
      Optional<String> broken = broken(value.getAsLong(), written);
      broken.ifPresent(fault);
      return broken.isEmpty() ? Optional.of(of.apply(value.getAsLong())) : Optional.empty();
    }

    @Override
    public Optional<String> broken(T value) {
      return broken(number.applyAsLong(value), valid);
    }

    private Optional<String> broken(long value, Range range) {
      return range.holds(value)
          ? Optional.empty()
          : Optional.of("is not in " + unit.range(range.min(), range.max()));
    }

    @Override
    public String text(T value) {
      return unit.text(number.applyAsLong(value));
    }

    @Override
    public String allowed() {
      return unit.allowed(written.min(), written.max());
    }
  }

  private static final class Version extends ScalarType<TlsVersion> {
    @Override
    Optional<TlsVersion> parse(Scalar scalar, Consumer<String> fault) {
      Optional<TlsVersion> version = TlsVersion.of(scalar.text());
      if (version.isEmpty()) {
        fault.accept("is neither 1.3 nor 1.2");
      }
      return version;
    }

    @Override
    public Optional<String> broken(TlsVersion value) {
      return Optional.empty();
    }

    @Override
    public String text(TlsVersion value) {
      return value.toString();
    }

    @Override
    public String allowed() {
      return "1.3 or 1.2";
    }
  }

  private static final class Flag extends ScalarType<Boolean> {
    private static final Set<String> YES = Set.of("true", "True", "TRUE");
    private static final Set<String> NO = Set.of("false", "False", "FALSE");

    @Override
    Optional<Boolean> parse(Scalar scalar, Consumer<String> fault) {
      boolean yes = YES.contains(scalar.text());
      if (!yes && !NO.contains(scalar.text())) {
        fault.accept("is neither true nor false");
        return Optional.empty();
      }
      return Optional.of(yes);
    }

    @Override
    public Optional<String> broken(Boolean value) {
      return Optional.empty();
    }

    @Override
    public String text(Boolean value) {
      return value.toString();
    }

    @Override
    public String allowed() {
      return "true or false";
    }
  }

  private static ValueType<String> path(String what) {
    return new Text(
        name -> name,
        name -> name.chars().anyMatch(Character::isISOControl)
            ? Optional.of("is not the name of " + what)
            : Optional.empty(),
        what);
  }
}
