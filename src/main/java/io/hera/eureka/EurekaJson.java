package io.hera.eureka;

import io.hera.eureka.EurekaInstance.Port;
import io.hera.json.JsonWriter;

/** JSON as Eureka's own server writes it. Lists are arrays, whether they have one element or none: clients fail on anything else. */
final class EurekaJson implements EurekaForm {
  /** Members of a lease that clients expect, and that must not change with each renewal. */
  private static final String NO_TIMES = ",\"registrationTimestamp\":0,\"lastRenewalTimestamp\":0"
      + ",\"evictionTimestamp\":0,\"serviceUpTimestamp\":0";

  @Override
  public String type() {
    return "application/json; charset=utf-8";
  }

  @Override
  public void instance(JsonWriter out, EurekaInstance instance) {
    out.ascii("{\"instanceId\":").string(instance.id());
    out.ascii(",\"app\":").string(instance.app());
    out.ascii(",\"status\":").string(instance.status().name());
    out.ascii(",\"overriddenStatus\":").string(instance.override().name());
    out.ascii(",\"countryId\":1,");
    members(out, instance, NO_TIMES);
    out.ascii(",\"metadata\":").texts(instance.metadata());
    out.ascii(",\"isCoordinatingDiscoveryServer\":\"false\",\"lastUpdatedTimestamp\":\"0\"");
    out.ascii(",\"actionType\":\"ADDED\"}");
  }

  /** Writes the members that a document has under {@code eureka}, too; {@code times} are further members of the lease. */
  static void members(JsonWriter out, EurekaInstance instance, String times) {
    out.ascii("\"hostName\":").string(instance.hostName());
    out.ascii(",\"ipAddr\":").string(instance.ipAddr());
    port(out.ascii(",\"port\":"), instance.port());
    port(out.ascii(",\"securePort\":"), instance.securePort());
    out.ascii(",\"vipAddress\":").string(instance.vip());
    out.ascii(",\"secureVipAddress\":").string(instance.secureVip());
    dataCenter(out, instance.dataCenter());
    out.ascii(",\"leaseInfo\":{\"renewalIntervalInSecs\":")
        .number(instance.lease().renewalSeconds());
    out.ascii(",\"durationInSecs\":").number(instance.lease().durationSeconds());
    out.ascii(times).raw('}');
    instance.texts().forEach((name, text) -> out.raw(',').string(name).raw(':').string(text));
    out.ascii(",\"lastDirtyTimestamp\":\"").number(instance.dirtyMillis()).raw('"');
  }

  private static void port(JsonWriter out, Port port) {
    out.ascii("{\"$\":").number(port.number());
    out.ascii(",\"@enabled\":\"").ascii(Boolean.toString(port.enabled())).ascii("\"}");
  }

  private static void dataCenter(JsonWriter out, EurekaInstance.DataCenter dataCenter) {
    out.ascii(",\"dataCenterInfo\":{\"@class\":").string(dataCenter.name().className());
    out.ascii(",\"name\":").string(dataCenter.name().text());
    if (dataCenter.name() == EurekaInstance.DataCenterName.AMAZON) {
      out.ascii(",\"metadata\":").texts(dataCenter.metadata());
    }
    out.raw('}');
  }

  @Override
  public void begin(JsonWriter out) {
    out.ascii("{\"applications\":{\"application\":[");
  }

  @Override
  public void end(JsonWriter out, String hash) {
    out.ascii("],\"versions__delta\":\"1\",\"apps__hashcode\":\"").ascii(hash).ascii("\"}}");
  }

  @Override
  public void beginApp(JsonWriter out, String app) {
    out.ascii("{\"name\":").string(app).ascii(",\"instance\":[");
  }

  @Override
  public void endApp(JsonWriter out) {
    out.ascii("]}");
  }

  @Override
  public void open(JsonWriter out, String name) {
    out.raw('{').string(name).raw(':');
  }

  @Override
  public void close(JsonWriter out) {
    out.raw('}');
  }

  @Override
  public String separator() {
    return ",";
  }
}
