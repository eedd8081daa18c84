package io.hera;

import io.hera.Setting.Items;
import io.hera.Setting.Kind;
import io.hera.Setting.Member;
import io.hera.Setting.Place;
import io.hera.Setting.Refused;
import io.hera.Setting.Scalar;
import io.hera.Setting.Section;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
 * The bytes of a YAML file as {@link Setting}s with their lines.
 *
 * <p>Values are taken from the composed nodes and not from vertx-config-yaml's YamlProcessor: that gives a JsonObject, in
 * which a node called {@code no} is already {@code "false"}, the later of two equal keys has silently won, {@code 08080} is a
 * string, a truncated file is an empty configuration, and no line is left to report. Anchors, aliases and tags are refused:
 * settings need none, and so no document expands beyond its own length.
 */
final class YamlText {
  /** Largest file that is read. */
  static final int BYTES_MAX = 1 << 20;

  private static final int DEPTH_MAX = 20;
  private static final Resolver IMPLICIT = new Resolver();

  /** Plain scalars that are text to this reader, but a number or a truth value to other ones. */
  private static final Pattern ELSEWHERE = Pattern.compile(
      "[yYnN]|[-+]?[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+");

  private final String file;
  private final List<Fault> faults;

  private YamlText(String file, List<Fault> faults) {
    this.file = file;
    this.faults = faults;
  }

  /** The file's mapping; empty, with what is wrong added to {@code faults}, when it has none. */
  static Section read(String file, byte[] content, List<Fault> faults) {
    YamlText text = new YamlText(file, faults);
    try {
      return text.root(text.compose(text.decode(content)));
    } catch (ConfigException e) {
      faults.addAll(e.faults());
      return new Section(new Place(file, 0), List.of());
    }
  }

  private String decode(byte[] content) {
    if (content.length > BYTES_MAX) {
      throw refuse(0, "is larger than 1 MiB");
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw refuse(0, "is not UTF-8 text");
    }
  }

  private Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DEPTH_MAX);
    try {
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        throw refuse(0, "is empty");
      }
      return root;
    } catch (MarkedYAMLException e) {
      throw syntax(e);
    } catch (YAMLException e) {
      throw refuse(0, "is not YAML: " + e.getMessage());
    }
  }

  private ConfigException syntax(MarkedYAMLException e) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    if (mark == null) {
      return refuse(0, "is not YAML: " + e.getProblem());
    }
    return refuse(
        mark.getLine() + 1,
        "is not YAML: " + e.getProblem() + " at column " + (mark.getColumn() + 1));
  }

  private Section root(Node root) {
    Setting setting = setting("", root);
    if (setting instanceof Section section) {
      return section;
    }
    if (setting instanceof Scalar scalar && scalar.kind() == Kind.EMPTY) {
      throw refuse(0, "is empty");
    }
    throw refuse(line(root), "is not a mapping of keys to values");
  }

  private Setting setting(String key, Node node) {
    Place place = new Place(file, line(node));
    if (node.getAnchor() != null) {
      return refused(place, key, "anchors and aliases are not understood, write it out");
    }
    if (!node.getTag().equals(implicitTag(node))) {
      return refused(place, key, "tags are not understood: " + node.getTag());
    }
    if (node instanceof MappingNode mapping) {
      return new Section(
          place,
          mapping.getValue().stream().flatMap(tuple -> member(key, tuple)).toList());
    }
    if (node instanceof SequenceNode sequence) {
      return new Items(
          place, sequence.getValue().stream().map(item -> setting(key, item)).toList());
    }
    ScalarNode scalar = (ScalarNode) node;
    return new Scalar(place, scalar.getValue(), kind(scalar));
  }

  private Stream<Member> member(String parent, NodeTuple tuple) {
    Node node = tuple.getKeyNode();
    String name = node instanceof ScalarNode scalar ? scalar.getValue() : "?";
    String path = parent.isEmpty() ? name : parent + "." + name;
    Setting key = setting(path, node);
    if (key instanceof Scalar scalar) {
      return Stream.of(new Member(scalar, setting(path, tuple.getValueNode())));
    }
    if (!(key instanceof Refused)) {
      refused(key.place(), path, "is no key: a mapping's keys are names");
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

  private ConfigException refuse(int line, String rule) {
    return new ConfigException(List.of(new Fault(file, line, "", "", rule)));
  }
}
