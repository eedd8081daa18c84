package io.hera.eureka;

import io.hera.json.JsonWriter;

/** How a list of instances is written. Without state. */
public sealed interface EurekaForm permits EurekaJson, EurekaXml {
  /** JSON, as most clients want it. */
  EurekaForm JSON = new EurekaJson();

  /** XML, for clients that ask for nothing. */
  EurekaForm XML = new EurekaXml();

  /** Returns the media type. */
  String type();

  /** Writes one instance. */
  void instance(JsonWriter out, EurekaInstance instance);

  /** Writes the beginning of the list of all applications. */
  void begin(JsonWriter out);

  /** Writes the end of the list of all applications, of which these are the instances by status. */
  void end(JsonWriter out, String hash);

  /** Writes the beginning of an application. */
  void beginApp(JsonWriter out, String app);

  /** Writes the end of an application. */
  void endApp(JsonWriter out);

  /** Writes what stands before a value of this name that is the whole reply. */
  void open(JsonWriter out, String name);

  /** Writes what stands behind it. */
  void close(JsonWriter out);

  /** Returns what stands between two elements of a list. */
  String separator();
}
