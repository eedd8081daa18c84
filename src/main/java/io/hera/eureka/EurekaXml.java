package io.hera.eureka;

import io.hera.eureka.EurekaInstance.DataCenter;
import io.hera.eureka.EurekaInstance.DataCenterName;
import io.hera.eureka.EurekaInstance.Port;
import io.hera.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * XML 1.0 as Eureka's own server writes it. It leaves out the characters that XML cannot have. It also leaves out metadata whose name
 * cannot be an element, or whose value has such characters.
 */
final class EurekaXml implements EurekaForm {
  /** Not longer: the JDK's parser with its limits, and perhaps others, refuses the whole list for one name of 1,000 characters. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,254}");

  @Override
  public String type() {
    return "application/xml; charset=utf-8";
  }

  @Override
  public void instance(JsonWriter out, EurekaInstance instance) {
    out.ascii("<instance>");
    element(out, "instanceId", instance.id());
    element(out, "hostName", instance.hostName());
    element(out, "app", instance.app());
    element(out, "ipAddr", instance.ipAddr());
    element(out, "status", instance.status().name());
    element(out, "overriddenstatus", instance.override().name());
    port(out, "port", instance.port());
    port(out, "securePort", instance.securePort());
    element(out, "countryId", "1");
    dataCenter(out, instance.dataCenter());
    lease(out, instance.lease());
    metadata(out, instance.metadata());
    instance.texts().forEach((name, text) -> element(out, name, text));
    element(out, "vipAddress", instance.vip());
    element(out, "secureVipAddress", instance.secureVip());
    element(out, "isCoordinatingDiscoveryServer", "false");
    element(out, "lastUpdatedTimestamp", "0");
    element(out, "lastDirtyTimestamp", Long.toString(instance.dirtyMillis()));
    element(out, "actionType", "ADDED");
    out.ascii("</instance>");
  }

  private static void port(JsonWriter out, String name, Port port) {
    out.raw('<').ascii(name).ascii(" enabled=\"").ascii(Boolean.toString(port.enabled()));
    out.ascii("\">").number(port.number()).ascii("</").ascii(name).raw('>');
  }

  private static void dataCenter(JsonWriter out, DataCenter dataCenter) {
    out.ascii("<dataCenterInfo class=\"").ascii(dataCenter.name().className()).ascii("\">");
    element(out, "name", dataCenter.name().text());
    if (dataCenter.name() == DataCenterName.AMAZON) {
      metadata(out, dataCenter.metadata());
    }
    out.ascii("</dataCenterInfo>");
  }

  private static void lease(JsonWriter out, EurekaInstance.Lease lease) {
    out.ascii("<leaseInfo>");
    element(out, "renewalIntervalInSecs", Integer.toString(lease.renewalSeconds()));
    element(out, "durationInSecs", Integer.toString(lease.durationSeconds()));
    for (String time : new String[] {
      "registrationTimestamp", "lastRenewalTimestamp", "evictionTimestamp", "serviceUpTimestamp"
    }) {
      element(out, time, "0");
    }
    out.ascii("</leaseInfo>");
  }

  private static void metadata(JsonWriter out, Map<String, String> metadata) {
    out.ascii("<metadata>");
    metadata.forEach((name, text) -> {
      if (NAME.matcher(name).matches() && text.codePoints().allMatch(EurekaXml::isLegal)) {
        element(out, name, text);
      }
    });
    out.ascii("</metadata>");
  }

  private static void element(JsonWriter out, String name, String text) {
    out.raw('<').ascii(name).raw('>');
    text(out, text);
    out.ascii("</").ascii(name).raw('>');
  }

  private static void text(JsonWriter out, String text) {
    StringBuilder legal = new StringBuilder(text.length());
    text.codePoints().filter(EurekaXml::isLegal).forEach(c -> {
      switch (c) {
        case '&' -> legal.append("&amp;");
        case '<' -> legal.append("&lt;");
        case '>' -> legal.append("&gt;");
        case '"' -> legal.append("&quot;");
        case '\r' -> legal.append("&#13;");
        default -> legal.appendCodePoint(c);
      }
    });
    out.raw(legal.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Returns whether XML 1.0 can have a character. */
  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c < 0xd800)
        || (c >= 0xe000 && c < 0xfffe)
        || c >= 0x10000;
  }

  @Override
  public void begin(JsonWriter out) {
    out.ascii("<applications><versions__delta>1</versions__delta>");
  }

  @Override
  public void end(JsonWriter out, String hash) {
    element(out, "apps__hashcode", hash);
    out.ascii("</applications>");
  }

  @Override
  public void beginApp(JsonWriter out, String app) {
    out.ascii("<application>");
    element(out, "name", app);
  }

  @Override
  public void endApp(JsonWriter out) {
    out.ascii("</application>");
  }

  @Override
  public void open(JsonWriter out, String name) {
    // The value brings its own element.
  }

  @Override
  public void close(JsonWriter out) {
    // The value has ended its own element.
  }

  @Override
  public String separator() {
    return "";
  }
}
