package io.hera.store.page;

import io.hera.registry.Key;
import io.hera.registry.View;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a listing of one subject consists of, as it was at one moment. Taken on the context of the
 * store, which costs little; another thread may put it in order and encode it.
 */
sealed interface Lines {
  /** Returns how many lines there are, before a filter. */
  int size();

  /** Returns how many bytes the documents of its lines have. */
  long bytes();

  /** Passes the lines that match, ids in {@link Key#BYTE_ORDER}, to {@code reader}. */
  void forEach(Filter filter, BiConsumer<String, byte[]> reader);

  /** Takes the lines of a subject. */
  static Lines of(View view, Subject subject) {
    return subject instanceof Subject.Service service
        ? new Instances(view.instances(service.name(), View.Extent.SHOWN))
        : new Services(view.counts(View.Extent.SHOWN));
  }

  /** Returns one line as it is now; null if there is none, or it does not match. */
  static byte @Nullable [] line(View view, Subject subject, Filter filter, String id) {
    if (subject instanceof Subject.Service service) {
      byte[] document = view.document(new Key(service.name(), id));
      return document != null && filter.matches(document) ? document : null;
    }
    int instances = view.instanceCount(id);
    return instances == 0 || !filter.includes(id) ? null : Services.summary(instances);
  }

  /** The instances of a service. */
  record Instances(List<View.Instance> instances) implements Lines {
    @Override
    public int size() {
      return instances.size();
    }

    @Override
    public long bytes() {
      return instances.stream()
          .mapToLong(instance -> instance.document().length)
          .sum();
    }

    @Override
    public void forEach(Filter filter, BiConsumer<String, byte[]> reader) {
      instances.stream()
          .filter(instance -> filter.matches(instance.document()))
          .sorted(Comparator.comparing(View.Instance::id, Key.BYTE_ORDER))
          .forEach(instance -> reader.accept(instance.id(), instance.document()));
    }
  }

  /** All services, with the number of their instances. */
  record Services(List<Map.Entry<String, Integer>> counts) implements Lines {
    @Override
    public int size() {
      return counts.size();
    }

    @Override
    public long bytes() {
      return 24L * counts.size();
    }

    @Override
    public void forEach(Filter filter, BiConsumer<String, byte[]> reader) {
      counts.stream()
          .filter(count -> filter.includes(count.getKey()))
          .sorted(Map.Entry.comparingByKey(Key.BYTE_ORDER))
          .forEach(count -> reader.accept(count.getKey(), summary(count.getValue())));
    }

    static byte[] summary(int instances) {
      return ("{\"instances\":" + instances + "}").getBytes(StandardCharsets.US_ASCII);
    }
  }
}
