package io.hera.dns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * The labels of a name, for comparisons: each byte is one character, and ASCII letters are in lower case. There is no other folding,
 * and no punycode: a label has the bytes of the name.
 */
final class Labels {
  private static final int BYTES_MAX = 63;

  private Labels() {}

  /** Returns the labels of a name in a message, without the root. */
  static List<String> of(Name name) {
    List<String> labels = new ArrayList<>(name.labels());
    for (int i = 0; i < name.labels(); i++) {
      byte[] label = name.getLabel(i);
      if (label[0] > 0) {
        labels.add(lower(new String(label, 1, label.length - 1, StandardCharsets.ISO_8859_1)));
      }
    }
    return labels;
  }

  /** Returns the labels that a name with dots has; empty if one of them cannot be a label. */
  static Optional<List<String>> of(String dotted) {
    List<String> labels = new ArrayList<>();
    for (String part : dotted.split("\\.", -1)) {
      String label = one(part);
      if (label.isEmpty() || label.length() > BYTES_MAX) {
        return Optional.empty();
      }
      labels.add(label);
    }
    return Optional.of(labels);
  }

  /** Returns a text as one label, however long it is. */
  static String one(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return lower(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** Returns one text for the labels, by which they are found in maps: no label can be mistaken for two. */
  static String key(List<String> labels) {
    StringBuilder key = new StringBuilder();
    for (String label : labels) {
      key.append((char) label.length()).append(label);
    }
    return key.toString();
  }

  private static String lower(String latin) {
    StringBuilder lower = new StringBuilder(latin);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }
}
