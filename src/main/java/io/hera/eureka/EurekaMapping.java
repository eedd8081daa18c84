package io.hera.eureka;

import io.hera.eureka.EurekaInstance.Port;
import io.hera.json.JsonWriter;
import io.hera.json.Malformed;
import io.hera.json.ObjectCursor;
import io.hera.registry.InstanceAddress;
import io.hera.registry.IpText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one mapping between instances of Eureka and documents, both ways.
 *
 * <table>
 * <caption>The members</caption>
 * <tr><th>Eureka</th><th>document</th></tr>
 * <tr><td>{@code ipAddr}, if it is an IP address, else {@code hostName}</td><td>{@code host}</td></tr>
 * <tr><td>{@code securePort} if it is enabled, else {@code port}</td><td>{@code port}, {@code scheme}</td></tr>
 * <tr><td>{@code status}</td><td>{@code status}, in lower case</td></tr>
 * <tr><td>{@code metadata}</td><td>{@code metadata}; of that, {@code zone} also as {@code zone}</td></tr>
 * <tr><td>all else</td><td>{@code eureka}, an object with Eureka's names</td></tr>
 * </table>
 *
 * <p>A document from elsewhere has no member {@code eureka}: its service stands for both VIP addresses, its host for {@code hostName}
 * and {@code ipAddr}, and its scalars at the top level that have no place become metadata.
 */
public final class EurekaMapping {
  private static final String HOST = "host";
  private static final String PORT = "port";
  private static final String SCHEME = "scheme";
  private static final String HTTPS = "https";
  private static final String ZONE = "zone";
  /** The members of a document that are not metadata. */
  private static final Set<String> PLACED =
      Set.of("address", HOST, PORT, SCHEME, EurekaNames.STATUS, ZONE);

  private static final byte[] NOTHING = {'{', '}'};
  private static final Port NO_PORT = new Port(0, false);
  private static final Port NO_SECURE_PORT = new Port(443, false);

  private EurekaMapping() {}

  /** Why clients of Eureka do not get an instance. */
  public enum Reason {
    /** Its document has no address. */
    NO_ADDRESS,
    /** Its document has no port. */
    NO_PORT,
    /** Another service has the same application, and an instance with its id. */
    AMBIGUOUS
  }

  // From Eureka.

  /**
   * Reads the body with which an instance registers itself.
   *
   * @param body a checked document
   * @param app as the path has it
   */
  public static EurekaInstance ofBody(byte[] body, String app) throws Malformed {
    Members sent = Members.of(body).object(EurekaNames.INSTANCE);
    Members dataCenter = sent.object(EurekaNames.DATA_CENTER);
    require(sent, List.of(EurekaNames.HOST_NAME, EurekaNames.IP_ADDR, EurekaNames.APP));
    if (dataCenter.text(EurekaNames.NAME).isEmpty()) {
      throw flaw("has no dataCenterInfo with a name", EurekaNames.DATA_CENTER);
    }
    String name = EurekaInstance.app(app);
    if (!name.equals(EurekaInstance.app(sent.text(EurekaNames.APP).orElseThrow()))) {
      throw flaw("has another app than the path", EurekaNames.APP);
    }
    for (String port : List.of(EurekaNames.PORT, EurekaNames.SECURE_PORT)) {
      if (sent.has(port) && EurekaReading.port(sent, port).isEmpty()) {
        throw flaw("has a port that is not a number from 0 to 65535", port);
      }
    }
    String host = sent.text(EurekaNames.HOST_NAME).orElseThrow();
    String id = sent.text(EurekaNames.ID)
        .or(() -> dataCenter.object(EurekaNames.METADATA).text("instance-id"))
        .orElse(host);
    EurekaStatus own = sent.text(EurekaNames.STATUS)
        .map(text -> EurekaStatus.named(text).orElse(EurekaStatus.UNKNOWN))
        .orElse(EurekaStatus.UP);
    EurekaReading.Absent absent =
        new EurekaReading.Absent(host, EurekaInstance.service(app), NO_PORT, NO_SECURE_PORT);
    return EurekaReading.read(sent, name, id, absent)
        .released(own)
        .with(EurekaReading.metadata(sent.object(EurekaNames.METADATA)))
        .overridden(EurekaReading.status(sent, EurekaNames.OVERRIDE, EurekaStatus.UNKNOWN));
  }

  private static void require(Members sent, List<String> names) throws Malformed {
    for (String name : names) {
      if (sent.text(name).isEmpty()) {
        throw flaw("has no " + name, name);
      }
    }
  }

  private static Malformed flaw(String reason, String member) {
    return new Malformed("the instance " + reason, 0, "/" + EurekaNames.INSTANCE + "/" + member);
  }

  /** Returns the document of an instance. */
  public static byte[] document(EurekaInstance instance) {
    JsonWriter out = new JsonWriter(512);
    out.ascii("{\"host\":").string(host(instance));
    boolean secure = instance.securePort().isServed();
    Port port = secure ? instance.securePort() : instance.port();
    if (port.number() > 0) {
      out.ascii(",\"port\":").number(port.number());
      out.ascii(",\"scheme\":").string(secure ? HTTPS : "http");
    }
    out.ascii(",\"status\":").string(instance.status().word());
    String zone = instance.metadata().getOrDefault(ZONE, "");
    if (!zone.isEmpty()) {
      out.ascii(",\"zone\":").string(zone);
    }
    if (!instance.metadata().isEmpty()) {
      out.ascii(",\"metadata\":").texts(instance.metadata());
    }
    out.ascii(",\"").ascii(EurekaNames.MEMBER).ascii("\":{");
    EurekaJson.members(out, instance, "");
    if (instance.override() != EurekaStatus.UNKNOWN) {
      out.ascii(",\"status\":").string(instance.ownStatus().name());
      out.ascii(",\"overriddenStatus\":").string(instance.override().name());
    }
    return out.ascii("}}").toBytes();
  }

  private static String host(EurekaInstance instance) {
    return IpText.parse(instance.ipAddr()).isPresent() ? instance.ipAddr() : instance.hostName();
  }

  /** Returns a document with the status and the override of the instance that it is now; all else stays. */
  public static byte[] withStatus(byte[] document, EurekaInstance now) {
    JsonWriter out = new JsonWriter(document.length + 64).raw('{');
    copy(out, document, Set.of(EurekaNames.STATUS, EurekaNames.MEMBER));
    out.ascii("\"status\":").string(now.status().word());
    byte[] own = Members.of(document).structures().getOrDefault(EurekaNames.MEMBER, NOTHING);
    out.ascii(",\"").ascii(EurekaNames.MEMBER).ascii("\":{");
    copy(out, own[0] == '{' ? own : NOTHING, Set.of(EurekaNames.STATUS, EurekaNames.OVERRIDE));
    out.ascii("\"status\":").string(now.ownStatus().name());
    out.ascii(",\"overriddenStatus\":").string(now.override().name());
    return out.ascii("}}").toBytes();
  }

  /** Returns a document with more metadata; all else stays, but for a zone. */
  public static byte[] withMetadata(byte[] document, Map<String, String> more) {
    JsonWriter out = new JsonWriter(document.length + 64).raw('{');
    boolean moves = more.containsKey(ZONE);
    copy(out, document, moves ? Set.of(EurekaNames.METADATA, ZONE) : Set.of(EurekaNames.METADATA));
    if (moves) {
      out.ascii("\"zone\":").string(more.getOrDefault(ZONE, "")).raw(',');
    }
    Map<String, String> all = new LinkedHashMap<>(
        EurekaReading.metadata(Members.of(document).object(EurekaNames.METADATA)));
    all.putAll(more);
    return out.ascii("\"metadata\":").texts(all).raw('}').toBytes();
  }

  /** Writes the members of an object, each with a comma behind it, but for some. */
  private static void copy(JsonWriter out, byte[] object, Set<String> but) {
    ObjectCursor members = new ObjectCursor(object);
    while (members.next()) {
      if (!but.contains(members.name())) {
        out.string(members.name()).raw(':').raw(members.value()).raw(',');
      }
    }
  }

  // To Eureka.

  /**
   * Returns an instance as clients of Eureka get it; empty if they could not use it: see {@link #lack}.
   *
   * @param document checked
   */
  public static Optional<EurekaInstance> ofDocument(String service, String id, byte[] document) {
    Members all = Members.of(document);
    if (lack(all).isPresent()) {
      return Optional.empty();
    }
    Members own = all.object(EurekaNames.MEMBER);
    EurekaStatus status =
        EurekaStatus.ofDocument(all.scalars().getOrDefault(EurekaNames.STATUS, ""));
    EurekaStatus override = EurekaReading.status(own, EurekaNames.OVERRIDE, EurekaStatus.UNKNOWN);
    EurekaStatus sent = override == EurekaStatus.UNKNOWN
        ? status
        : EurekaReading.status(own, EurekaNames.STATUS, EurekaStatus.UP);
    return Optional.of(
        EurekaReading.read(own, EurekaInstance.app(service), id, absent(all, service))
            .with(metadataOf(all))
            .released(sent)
            .overridden(override)
            .shownAs(status));
  }

  /** Returns what a checked document lacks; empty if nothing. */
  public static Optional<Reason> lack(byte[] document) {
    return lack(Members.of(document));
  }

  private static Optional<Reason> lack(Members all) {
    Members own = all.object(EurekaNames.MEMBER);
    Optional<InstanceAddress> address = InstanceAddress.of(all.address());
    if (address.isEmpty() && own.text(EurekaNames.HOST_NAME).isEmpty()) {
      return Optional.of(Reason.NO_ADDRESS);
    }
    boolean hasPort = EurekaReading.port(own, EurekaNames.PORT).isPresent()
        || address.filter(at -> at.port().isPresent()).isPresent();
    return hasPort ? Optional.empty() : Optional.of(Reason.NO_PORT);
  }

  private static EurekaReading.Absent absent(Members all, String service) {
    Optional<InstanceAddress> address = InstanceAddress.of(all.address());
    String host = address.map(InstanceAddress::host).orElse("");
    int port = address.map(at -> at.port().orElse(0)).orElse(0);
    return all.scalars().getOrDefault(SCHEME, "").equalsIgnoreCase(HTTPS)
        ? new EurekaReading.Absent(host, service, new Port(port, false), new Port(port, port > 0))
        : new EurekaReading.Absent(host, service, new Port(port, port > 0), NO_SECURE_PORT);
  }

  /** Returns the metadata: those of the document, and scalars without another place. */
  private static Map<String, String> metadataOf(Members all) {
    Map<String, String> found = new LinkedHashMap<>(EurekaReading.metadata(all));
    found.keySet().removeAll(PLACED);
    all.text(ZONE).ifPresent(zone -> found.put(ZONE, zone));
    found.putAll(EurekaReading.metadata(all.object(EurekaNames.METADATA)));
    return found;
  }
}
