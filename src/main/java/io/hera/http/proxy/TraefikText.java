package io.hera.http.proxy;

import io.hera.http.proxy.TraefikTerms.Source;
import io.hera.json.JsonWriter;
import io.hera.registry.InstanceStatus;
import io.hera.store.InstanceDocument;
import io.hera.store.LeftOut;
import io.hera.store.ServiceDocuments;
import io.hera.wire.InstanceReading;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes the services as a configuration for Traefik. It refuses a whole configuration for one unknown field or one empty element, and
 * compares bytes: so nothing is empty, and the same services give the same bytes. Used once.
 */
final class TraefikText {
  /** What the counters of instances that are left out call this list. */
  static final String WAY = "traefik";
  /** Bytes that a configuration has room for. */
  static final int BYTES_MAX = 16 << 20;

  private static final Set<String> SCHEMES = Set.of("http", "https", "h2c");
  private static final Pattern OUTSIDE_KEYS = Pattern.compile("[^A-Za-z0-9._-]");
  private static final int SIZE_HINT = 16 << 10;

  private final TraefikTerms terms;
  private final JsonWriter routers = new JsonWriter(SIZE_HINT);
  private final JsonWriter services = new JsonWriter(SIZE_HINT);
  /** Key → the service that has it. */
  private final Map<String, String> owners = new HashMap<>();

  private final Map<Lack, Integer> lacks = new EnumMap<>(Lack.class);

  TraefikText(TraefikTerms terms) {
    this.terms = terms;
  }

  /** Returns the configuration of services in byte order, and counts what it leaves out. */
  byte[] of(List<ServiceDocuments> all, LeftOut leftOut) {
    List<ServiceDocuments> some =
        all.stream().filter(service -> !service.instances().isEmpty()).toList();
    some.forEach(this::claim);
    some.forEach(this::add);
    leftOut.count(WAY, lacks);
    JsonWriter out = new JsonWriter(routers.size() + services.size() + 64);
    if (services.size() == 0) {
      return out.ascii("{}").toBytes();
    }
    out.ascii("{\"http\":{");
    if (routers.size() > 0) {
      out.ascii("\"routers\":{").raw(routers.toBytes()).ascii("},");
    }
    return out.ascii("\"services\":{").raw(services.toBytes()).ascii("}}}").toBytes();
  }

  /**
   * Notes the service that has a key: the one of that name, else the first. It has the key also while it has no servers, because
   * another service must not get its requests.
   */
  private void claim(ServiceDocuments service) {
    String key = key(service);
    owners.merge(key, service.service(), (first, next) -> next.equals(key) ? next : first);
  }

  private static String key(ServiceDocuments service) {
    return OUTSIDE_KEYS.matcher(service.service()).replaceAll("-");
  }

  private void add(ServiceDocuments service) {
    String key = key(service);
    if (!service.service().equals(owners.get(key))) {
      count(Lack.AMBIGUOUS);
      return;
    }
    int before = services.size();
    Optional<TraefikRouter> router = Optional.empty();
    for (InstanceDocument instance : service.instances()) {
      InstanceReading reading = InstanceReading.of(instance.document());
      if (reading.status() == InstanceStatus.SHOWN && isServer(reading)) {
        services.ascii(services.size() > before ? "," : beginning(key));
        server(reading);
        router = router.or(() -> router(instance));
      }
    }
    if (services.size() > before) {
      services.ascii("]}}");
      router.or(() -> terms.router(service.service())).ifPresent(found -> add(key, found));
    }
  }

  private String beginning(String key) {
    String separator = services.size() == 0 ? "" : ",";
    return separator + '"' + key + "\":{\"loadBalancer\":{\"servers\":[";
  }

  private void add(String key, TraefikRouter router) {
    if (routers.size() > 0) {
      routers.raw(',');
    }
    router.write(key, routers);
  }

  private Optional<TraefikRouter> router(InstanceDocument instance) {
    if (terms.source() == Source.QUERY || !TraefikRouter.isIn(instance.document())) {
      return Optional.empty();
    }
    Optional<TraefikRouter> router = TraefikRouter.in(instance.document(), terms.entryPoints());
    if (router.isEmpty()) {
      count(Lack.BAD_VALUE);
    }
    return router;
  }

  private boolean isServer(InstanceReading reading) {
    Optional<Lack> lack = lack(reading);
    lack.ifPresent(this::count);
    return lack.isEmpty();
  }

  private Optional<Lack> lack(InstanceReading reading) {
    if (routers.size() + services.size() >= BYTES_MAX) {
      return Optional.of(Lack.TOO_MANY);
    } else if (reading.address().isEmpty()) {
      return Optional.of(Lack.NO_ADDRESS);
    } else if (reading.port().isEmpty()) {
      return Optional.of(Lack.NO_PORT);
    }
    return SCHEMES.contains(scheme(reading)) ? Optional.empty() : Optional.of(Lack.BAD_VALUE);
  }

  private static String scheme(InstanceReading reading) {
    String scheme = reading.scalars().getOrDefault("scheme", "").toLowerCase(Locale.ROOT);
    return scheme.isEmpty() ? "http" : scheme;
  }

  private void server(InstanceReading reading) {
    services
        .ascii("{\"url\":")
        .string(scheme(reading) + "://" + Hosts.beforePort(reading.address().orElseThrow()) + ':'
            + reading.port().orElseThrow())
        .ascii(reading.weight() == 1 ? "" : ",\"weight\":" + reading.weight())
        .raw('}');
  }

  private void count(Lack lack) {
    lacks.merge(lack, 1, Integer::sum);
  }
}
