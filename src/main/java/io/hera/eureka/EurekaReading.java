package io.hera.eureka;

import io.hera.eureka.EurekaInstance.DataCenter;
import io.hera.eureka.EurekaInstance.DataCenterName;
import io.hera.eureka.EurekaInstance.Lease;
import io.hera.eureka.EurekaInstance.Port;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads members with Eureka's names, which both the body of a client and the member {@code eureka} of a document have. */
final class EurekaReading {
  private EurekaReading() {}

  /** The values of members that are not there. */
  record Absent(String host, String service, Port port, Port securePort) {}

  /** Reads an instance without its status and its metadata. */
  static EurekaInstance read(Members members, String app, String id, Absent absent) {
    String host = members.text(EurekaNames.HOST_NAME).orElse(absent.host);
    return new EurekaInstance(
        app,
        id,
        host,
        members.text(EurekaNames.IP_ADDR).orElse(absent.host.isEmpty() ? host : absent.host),
        EurekaStatus.UP,
        EurekaStatus.UNKNOWN,
        EurekaStatus.UP,
        port(members, EurekaNames.PORT).orElse(absent.port),
        port(members, EurekaNames.SECURE_PORT).orElse(absent.securePort),
        members.text(EurekaNames.VIP).orElse(absent.service),
        members.text(EurekaNames.SECURE_VIP).orElse(absent.service),
        dataCenter(members.object(EurekaNames.DATA_CENTER)),
        lease(members.object(EurekaNames.LEASE)),
        Map.of(),
        texts(members),
        members.number(EurekaNames.DIRTY, 0, Long.MAX_VALUE).orElse(0));
  }

  private static Map<String, String> texts(Members members) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : EurekaNames.TEXTS) {
      members.text(name).ifPresent(text -> texts.put(name, text));
    }
    return texts;
  }

  /** Names that begin with @ would be attributes, such as the class to load, to clients that read JSON as if it were XML. */
  static Map<String, String> metadata(Members members) {
    Map<String, String> metadata = new LinkedHashMap<>(members.scalars());
    metadata.keySet().removeIf(name -> name.isEmpty() || name.startsWith("@"));
    return metadata;
  }

  static EurekaStatus status(Members members, String name, EurekaStatus absent) {
    return members.text(name).flatMap(EurekaStatus::named).orElse(absent);
  }

  /** Reads {@code {"$":8080,"@enabled":"true"}}, or a number alone. */
  static Optional<Port> port(Members members, String name) {
    boolean isAlone = members.scalars().containsKey(name);
    Members object = members.object(name);
    OptionalLong number =
        isAlone ? members.number(name, 0, Port.MAX) : object.number("$", 0, Port.MAX);
    String standard = Boolean.toString(name.equals(EurekaNames.PORT));
    boolean enabled = Boolean.parseBoolean(object.scalars().getOrDefault("@enabled", standard));
    return number.isPresent()
        ? Optional.of(new Port((int) number.getAsLong(), enabled))
        : Optional.empty();
  }

  private static DataCenter dataCenter(Members members) {
    DataCenterName name = Arrays.stream(DataCenterName.values())
        .filter(one -> members.text(EurekaNames.NAME).filter(one.text()::equals).isPresent())
        .findAny()
        .orElse(DataCenterName.MY_OWN);
    return name == DataCenterName.AMAZON
        ? new DataCenter(name, metadata(members.object(EurekaNames.METADATA)))
        : new DataCenter(name, Map.of());
  }

  private static Lease lease(Members members) {
    return new Lease(
        seconds(members, EurekaNames.RENEWAL, Lease.STANDARD.renewalSeconds()),
        seconds(members, EurekaNames.DURATION, Lease.STANDARD.durationSeconds()));
  }

  private static int seconds(Members members, String name, int absent) {
    return (int) members.number(name, 1, Integer.MAX_VALUE).orElse(absent);
  }
}
