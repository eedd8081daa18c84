package io.hera.eureka;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An instance as Eureka has it. Every value can be sent to any client.
 *
 * @param app in upper case
 * @param id not rewritten
 * @param status what clients go by
 * @param override the status that an operator has set; {@link EurekaStatus#UNKNOWN} if none has
 * @param ownStatus the status that the instance has sent
 * @param port without TLS
 * @param securePort with TLS
 * @param vip names by which clients look it up, separated by commas
 * @param metadata strings only
 * @param texts those of {@link EurekaNames#TEXTS} that it has
 * @param dirtyMillis unix time at which it has changed, by its own clock
 */
public record EurekaInstance(
    String app,
    String id,
    String hostName,
    String ipAddr,
    EurekaStatus status,
    EurekaStatus override,
    EurekaStatus ownStatus,
    Port port,
    Port securePort,
    String vip,
    String secureVip,
    DataCenter dataCenter,
    Lease lease,
    Map<String, String> metadata,
    Map<String, String> texts,
    long dirtyMillis) {
  /** Copies, in the order given. */
  public EurekaInstance {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    if (!EurekaNames.TEXTS.containsAll(texts.keySet())) {
      throw new IllegalArgumentException("a text that clients do not know");
    }
  }

  /** A port and whether it is used; number 0..65535. */
  public record Port(int number, boolean enabled) {
    static final int MAX = 65_535;

    public Port {
      if (number < 0 || number > MAX) {
        throw new IllegalArgumentException("not a port: " + number);
      }
    }

    /** Returns whether something can listen there. */
    boolean isServed() {
      return enabled && number > 0;
    }
  }

  /** What it runs on; the metadata are those that Amazon gives its machines. */
  public record DataCenter(DataCenterName name, Map<String, String> metadata) {
    /** The data center of almost all instances. */
    public static final DataCenter MY_OWN = new DataCenter(DataCenterName.MY_OWN, Map.of());

    public DataCenter {
      metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
  }

  /** How often it renews itself, and for how long each time, in seconds. */
  public record Lease(int renewalSeconds, int durationSeconds) {
    /** What clients do that say nothing else. */
    public static final Lease STANDARD = new Lease(30, 90);

    public Lease {
      if (renewalSeconds < 1 || durationSeconds < 1) {
        throw new IllegalArgumentException("not a lease");
      }
    }
  }

  /** All data centers that clients know. */
  public enum DataCenterName {
    MY_OWN("MyOwn"),
    AMAZON("Amazon"),
    NETFLIX("Netflix");

    private final String text;

    DataCenterName(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /** Returns the class that Java clients load for it: never one that a client has sent. */
    String className() {
      return this == AMAZON
          ? "com.netflix.appinfo.AmazonInfo"
          : "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo";
    }
  }

  /** Returns the name of the service that an application is. */
  public static String service(String app) {
    return app.toLowerCase(Locale.ROOT);
  }

  /** Returns the name of the application that a service is. */
  public static String app(String service) {
    return service.toUpperCase(Locale.ROOT);
  }

  /** Returns it with another status for clients, for as long as it is hidden from them. */
  EurekaInstance shownAs(EurekaStatus shown) {
    return with(shown, override, ownStatus, metadata);
  }

  /** Returns it with another override. As with Eureka's own server, that does not hide that an instance is down or starting. */
  public EurekaInstance overridden(EurekaStatus by) {
    return with(effective(ownStatus, by), by, ownStatus, metadata);
  }

  /** Returns it without an override, in this status. */
  public EurekaInstance released(EurekaStatus to) {
    return with(to, EurekaStatus.UNKNOWN, to, metadata);
  }

  /** Returns it with more metadata. */
  public EurekaInstance with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.putAll(more);
    return with(status, override, ownStatus, all);
  }

  private EurekaInstance with(
      EurekaStatus shown, EurekaStatus by, EurekaStatus own, Map<String, String> all) {
    return new EurekaInstance(
        app,
        id,
        hostName,
        ipAddr,
        shown,
        by,
        own,
        port,
        securePort,
        vip,
        secureVip,
        dataCenter,
        lease,
        all,
        texts,
        dirtyMillis);
  }

  private static EurekaStatus effective(EurekaStatus own, EurekaStatus by) {
    boolean asItSays =
        by == EurekaStatus.UNKNOWN || own == EurekaStatus.DOWN || own == EurekaStatus.STARTING;
    return asItSays ? own : by;
  }
}
