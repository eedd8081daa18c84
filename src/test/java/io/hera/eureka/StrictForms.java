package io.hera.eureka;

import io.hera.json.JsonWriter;
import io.hera.testkit.StrictEureka;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.w3c.dom.Document;

/** An instance as it is sent, read as strictly as clients read it. */
final class StrictForms {
  private StrictForms() {}

  static JsonObject json(EurekaInstance instance) {
    return StrictEureka.instance(new JsonObject(Buffer.buffer(text(EurekaForm.JSON, instance))));
  }

  static Document xml(EurekaInstance instance) {
    return StrictEureka.xml(text(EurekaForm.XML, instance));
  }

  private static byte[] text(EurekaForm form, EurekaInstance instance) {
    JsonWriter out = new JsonWriter(64);
    form.instance(out, instance);
    return out.toBytes();
  }
}
