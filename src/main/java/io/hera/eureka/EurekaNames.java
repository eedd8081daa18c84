package io.hera.eureka;

import java.util.List;

/** The names of members, in bodies and in the member {@link #MEMBER} of documents. */
final class EurekaNames {
  /** The member of a document with what only clients of Eureka want to know. */
  static final String MEMBER = "eureka";

  static final String INSTANCE = "instance";
  static final String APP = "app";
  static final String ID = "instanceId";
  static final String HOST_NAME = "hostName";
  static final String IP_ADDR = "ipAddr";
  static final String STATUS = "status";
  static final String OVERRIDE = "overriddenStatus";
  static final String PORT = "port";
  static final String SECURE_PORT = "securePort";
  static final String VIP = "vipAddress";
  static final String SECURE_VIP = "secureVipAddress";
  static final String DATA_CENTER = "dataCenterInfo";
  static final String NAME = "name";
  static final String LEASE = "leaseInfo";
  static final String RENEWAL = "renewalIntervalInSecs";
  static final String DURATION = "durationInSecs";
  static final String METADATA = "metadata";
  static final String DIRTY = "lastDirtyTimestamp";

  /** Texts that are passed on as they are, if there are any. */
  static final List<String> TEXTS = List.of(
      "appGroupName",
      "homePageUrl",
      "statusPageUrl",
      "healthCheckUrl",
      "secureHealthCheckUrl",
      "asgName",
      "sid");

  private EurekaNames() {}
}
