package io.hera.config.source;

import io.hera.config.source.RawValue.Items;
import io.hera.config.source.RawValue.Kind;
import io.hera.config.source.RawValue.Member;
import io.hera.config.source.RawValue.Place;
import io.hera.config.source.RawValue.Refused;
import io.hera.config.source.RawValue.Scalar;
import io.hera.config.source.RawValue.Section;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the bytes of a YAML file as {@link RawValue}s with their lines.
 *
 * <p>Values are taken from the composed nodes and not from vertx-config-yaml's YamlProcessor. That returns a JsonObject, in
 * which a node named {@code no} has become {@code "false"}, the later of two equal keys has replaced the earlier, {@code
 * 08080} is a string, a truncated file is an empty configuration, and lines are lost. Anchors, aliases and tags are refused:
 * settings need none, and without them no document expands beyond its own length.
 */
public final class YamlSource {
  /** Size in bytes of the largest file that is read. */
  public static final int BYTES_MAX = 1 << 20;

  private static final int DEPTH_MAX = 20;
  private static final Resolver IMPLICIT = new Resolver();

  /** Plain scalars that are text to this reader, but a number or a truth value to others. */
  private static final Pattern ELSEWHERE = Pattern.compile(
      "[yYnN]|[-+]?[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+");

  private final String file;
  private final List<Fault> faults;

  private YamlSource(String file, List<Fault> faults) {
    this.file = file;
    this.faults = faults;
  }

  /** Returns the mapping in the file; an empty one, with the reason added to {@code faults}, if there is none. */
  public static Section read(String file, byte[] content, List<Fault> faults) {
    YamlSource source = new YamlSource(file, faults);
    return source
        .decode(content)
        .flatMap(source::compose)
        .flatMap(source::root)
        .orElseGet(() -> new Section(new Place(file, 0), List.of()));
  }

  private Optional<String> decode(byte[] content) {
    if (content.length > BYTES_MAX) {
      return refuse(0, "is larger than 1 MiB");
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return refuse(0, "is not UTF-8 text");
    }
  }

  private Optional<Node> compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DEPTH_MAX);
    try {
      Node root = new Yaml(options).compose(new StringReader(text));
      return root == null ? refuse(0, "is empty") : Optional.of(root);
    } catch (MarkedYAMLException e) {
      return syntax(e);
    } catch (YAMLException e) {
      return refuse(0, "is not YAML: " + e.getMessage());
    }
  }

  private Optional<Node> syntax(MarkedYAMLException e) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    if (mark == null) {
      return refuse(0, "is not YAML: " + e.getProblem());
    }
    return refuse(
        mark.getLine() + 1,
        "is not YAML: " + e.getProblem() + " at column " + (mark.getColumn() + 1));
  }

  private Optional<Section> root(Node root) {
    RawValue value = value("", root);
    if (value instanceof Section section) {
      return Optional.of(section);
    }
    boolean empty = value instanceof Scalar scalar && scalar.kind() == Kind.EMPTY;
    return empty ? refuse(0, "is empty") : refuse(line(root), "is not a mapping of keys to values");
  }

  private RawValue value(String key, Node node) {
    Place place = new Place(file, line(node));
    if (node.getAnchor() != null) {
      return refused(place, key, "anchors and aliases are not supported, write the value out");
    }
    if (!node.getTag().equals(implicitTag(node))) {
      return refused(place, key, "tags are not supported: " + node.getTag());
    }
    if (node instanceof MappingNode mapping) {
      return new Section(
          place,
          mapping.getValue().stream().flatMap(tuple -> member(key, tuple)).toList());
    }
    if (node instanceof SequenceNode sequence) {
      return new Items(
          place, sequence.getValue().stream().map(item -> value(key, item)).toList());
    }
    ScalarNode scalar = (ScalarNode) node;
    return new Scalar(place, scalar.getValue(), kind(scalar));
  }

  private Stream<Member> member(String parent, NodeTuple tuple) {
    Node node = tuple.getKeyNode();
    String name = node instanceof ScalarNode scalar ? scalar.getValue() : "?";
    String path = parent.isEmpty() ? name : parent + "." + name;
    RawValue key = value(path, node);
    if (key instanceof Scalar scalar) {
      return Stream.of(new Member(scalar, value(path, tuple.getValueNode())));
    }
    if (!(key instanceof Refused)) {
      refused(key.place(), path, "is not a key: the keys of a mapping are names");
    }
    return Stream.empty();
  }

  private Refused refused(Place place, String key, String rule) {
    faults.add(place.fault(key, "", rule));
    return new Refused(place);
  }

  private static Tag implicitTag(Node node) {
    if (node instanceof ScalarNode scalar) {
      return IMPLICIT.resolve(NodeId.scalar, scalar.getValue(), scalar.isPlain());
    }
    return IMPLICIT.resolve(node.getNodeId(), null, true);
  }

  private static Kind kind(ScalarNode scalar) {
    if (scalar.getTag().equals(Tag.NULL)) {
      return Kind.EMPTY;
    }
    boolean text = scalar.getTag().equals(Tag.STR)
        && !(scalar.isPlain() && ELSEWHERE.matcher(scalar.getValue()).matches());
    return text ? Kind.TEXT : Kind.AMBIGUOUS;
  }

  private static int line(Node node) {
    return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
  }

  private <T> Optional<T> refuse(int line, String rule) {
    faults.add(new Fault(file, line, "", "", rule));
    return Optional.empty();
  }
}
