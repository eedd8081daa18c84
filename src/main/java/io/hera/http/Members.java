package io.hera.http;

import io.hera.json.JsonWriter;
import io.hera.store.InstanceDocument;
import java.util.List;

/** The members of an object of services, each an object of instances. */
public final class Members {
  private Members() {}

  /** Writes some parts, without a comma before them: a {@link SharedWalk.Form}. */
  public static Runnable write(List<SharedWalk.Part> parts, JsonWriter out) {
    String separator = "";
    for (SharedWalk.Part part : parts) {
      out.ascii(separator);
      write(part, out);
      separator = ",";
    }
    return () -> {};
  }

  private static void write(SharedWalk.Part part, JsonWriter out) {
    if (part.begins()) {
      out.string(part.service()).ascii(":{");
    }
    String separator = "";
    for (InstanceDocument instance : part.instances()) {
      out.ascii(separator).string(instance.id()).raw(':').raw(instance.document());
      separator = ",";
    }
    out.ascii(part.ends() ? "}" : "");
  }
}
