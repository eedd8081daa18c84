package io.hera.config;

import io.hera.access.AccessRules;
import io.hera.access.CertificateName;
import io.hera.access.Grants;
import io.hera.access.Identity;
import io.hera.access.Permission;
import io.hera.access.Permission.Ability;
import io.hera.access.Token;
import io.hera.access.TokenHash;
import io.hera.config.source.Fault;
import io.hera.config.source.RawValue;
import io.hera.config.source.RawValue.Items;
import io.hera.config.source.RawValue.Member;
import io.hera.config.source.RawValue.Place;
import io.hera.config.source.RawValue.Refused;
import io.hera.config.source.RawValue.Scalar;
import io.hera.config.source.RawValue.Section;
import io.hera.config.source.Sections;
import io.hera.config.source.YamlSource;
import io.hera.json.Malformed;
import io.hera.wire.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an access file: identities, what they can do, the hashes of their tokens, and the names in their certificates.
 *
 * <pre>
 * billing:
 *   can: [write billing, read *]
 *   tokens: [sha256:…]
 *   certificates: [dns:billing.example]
 * </pre>
 *
 * <p>It is read whole or refused whole. No message repeats a value that may be a secret: a token in the place of its hash is not echoed.
 */
final class AccessFile {
  private static final int IDENTITIES_MAX = 10_000;
  private static final int PERMISSIONS_MAX = 100;
  private static final int TOKENS_MAX = 2;
  private static final int CERTIFICATES_MAX = 10;
  private static final int CHECKSUM_BYTES = 8;
  private static final String CAN = "can";
  private static final String TOKENS = "tokens";
  private static final String CERTIFICATES = "certificates";
  private static final List<String> KEYS = List.of(CAN, TOKENS, CERTIFICATES);

  private final List<Fault> faults;
  private final ClientCertificates clients;
  private final Map<String, Place> names = new HashMap<>();
  private final Map<TokenHash, String> owners = new HashMap<>();
  private final Map<CertificateName, String> holders = new HashMap<>();
  private final List<AccessRules.Entry> entries = new ArrayList<>();

  private AccessFile(List<Fault> faults, ClientCertificates clients) {
    this.faults = faults;
    this.clients = clients;
  }

  /**
   * Returns the rules in a file with this content.
   *
   * @throws ConfigException with every fault, in the order of the lines
   */
  static AccessRules read(String file, byte[] content, ClientCertificates clients) {
    List<Fault> faults = new ArrayList<>();
    if (beginsWithMark(content)) {
      faults.add(new Fault(file, 1, "", "", "begins with a byte order mark"));
    }
    AccessFile reader = new AccessFile(faults, clients);
    reader.read(YamlSource.read(file, content, faults));
    if (!faults.isEmpty()) {
      throw new ConfigException(faults.stream()
          .map(AccessFile::withoutTokens)
          .sorted(Comparator.comparingInt(Fault::line))
          .toList());
    }
    return new AccessRules(reader.entries, Sha256.hex(content, CHECKSUM_BYTES));
  }

  private static boolean beginsWithMark(byte[] content) {
    return content.length >= 3
        && content[0] == (byte) 0xEF
        && content[1] == (byte) 0xBB
        && content[2] == (byte) 0xBF;
  }

  private static Fault withoutTokens(Fault fault) {
    return new Fault(
        fault.source(),
        fault.line(),
        Token.hideIn(fault.key()),
        Token.hideIn(fault.value()),
        Token.hideIn(fault.rule()));
  }

  private void read(Section file) {
    if (file.members().size() > IDENTITIES_MAX) {
      faults.add(file.place().fault("", "", "has more than " + IDENTITIES_MAX + " identities"));
      return;
    }
    file.members().forEach(this::identity);
  }

  private void identity(Member member) {
    String name = member.key().text();
    Place place = member.key().place();
    Place before = names.putIfAbsent(name, place);
    if (before != null) {
      faults.add(place.fault(name, "", Sections.repeated(before)));
    } else if (Token.isIn(name)) {
      faults.add(place.fault("", "", leaked("the name of an identity")));
    } else if (!Identity.isName(name)) {
      String rule =
          "is not the name of an identity: 1 to 64 of A-Z a-z 0-9 . _ -, not beginning" + " with _";
      faults.add(place.fault("", name, rule));
    }
    if (member.value() instanceof Section section) {
      new Entry(name, section).read();
    } else if (!(member.value() instanceof Refused)) {
      faults.add(place.fault(name, "", "is not a mapping with can and tokens"));
    }
  }

  private static String leaked(String where) {
    return "a token stands for " + where + ": put its hash under tokens, and treat it as leaked";
  }

  /** One identity. Used once. */
  private final class Entry {
    private final String name;
    private final Place place;
    private final Map<String, RawValue> values;

    Entry(String name, Section section) {
      this.name = name;
      this.place = names.getOrDefault(name, section.place());
      this.values = Sections.flat(section, name + ".", KEYS, faults);
    }

    void read() {
      List<String> can = items(CAN);
      List<Permission> permissions = permissions();
      List<TokenHash> tokens = tokens();
      List<CertificateName> certificates = certificates();
      checkProofs(permissions);
      Identity identity = new Identity(name, can, Grants.of(permissions));
      entries.add(new AccessRules.Entry(identity, tokens, certificates));
    }

    /** Returns the texts of a list, those with faults too. */
    private List<String> items(String key) {
      return values.get(key) instanceof Items items
          ? items.items().stream().map(RawValue::shown).toList()
          : List.of();
    }

    private List<RawValue> list(String key, int max) {
      RawValue value = values.get(key);
      if (value instanceof Items items) {
        if (items.items().size() > max) {
          faults.add(items.place().fault(path(key), "", "has more than " + max + " items"));
        }
        return items.items();
      }
      if (value != null && !(value instanceof Refused)) {
        faults.add(value.place().fault(path(key), "", "is not a list: write [...]"));
      }
      return List.of();
    }

    private String path(String key) {
      return name + "." + key;
    }

    private List<Permission> permissions() {
      List<RawValue> listed = list(CAN, PERMISSIONS_MAX);
      boolean isList = values.get(CAN) instanceof Items;
      if (listed.isEmpty() && (isList || !values.containsKey(CAN))) {
        faults.add(place.fault(path(CAN), "", "is missing: say what the identity can do"));
      }
      return listed.stream().flatMap(one -> permission(one).stream()).toList();
    }

    private Optional<Permission> permission(RawValue raw) {
      if (!(raw instanceof Scalar scalar)) {
        return refused(raw, CAN, "is not a permission");
      }
      try {
        return Optional.of(PermissionText.parse(scalar.text()));
      } catch (Malformed malformed) {
        return refused(scalar, CAN, malformed.reason());
      }
    }

    private List<TokenHash> tokens() {
      return list(TOKENS, TOKENS_MAX).stream()
          .flatMap(one -> token(one).stream())
          .toList();
    }

    private Optional<TokenHash> token(RawValue raw) {
      if (Token.isIn(raw.shown())) {
        faults.add(raw.place().fault(path(TOKENS), "", leaked("its hash")));
        return Optional.empty();
      }
      Optional<TokenHash> hash = TokenHash.parse(raw.shown());
      if (hash.isEmpty()) {
        String rule = "has an item that is not sha256: and 64 hexadecimal digits in lower case,"
            + " as hera token prints it";
        faults.add(raw.place().fault(path(TOKENS), "", rule));
        return hash;
      }
      String owner = owners.putIfAbsent(hash.get(), name);
      if (owner != null) {
        String rule = "token " + hash.get() + " is also in " + owner + ".tokens";
        faults.add(raw.place().fault(path(TOKENS), "", rule));
        return Optional.empty();
      }
      return hash;
    }

    private List<CertificateName> certificates() {
      return list(CERTIFICATES, CERTIFICATES_MAX).stream()
          .flatMap(one -> certificate(one).stream())
          .toList();
    }

    private Optional<CertificateName> certificate(RawValue raw) {
      try {
        CertificateName parsed = CertificateNameText.parse(raw.shown());
        Optional<String> flaw = flaw(parsed);
        return flaw.isEmpty() ? Optional.of(parsed) : refused(raw, CERTIFICATES, flaw.get());
      } catch (Malformed malformed) {
        return refused(raw, CERTIFICATES, malformed.reason());
      }
    }

    private Optional<String> flaw(CertificateName certificate) {
      if (clients.ca() == ClientCertificates.Authority.MISSING) {
        return Optional.of("needs a CA of this node, ca.crt, and it has none");
      }
      if (clients.isMember(certificate.name())) {
        return Optional.of("is a host of cluster: only a node has its certificate");
      }
      return Optional.ofNullable(holders.putIfAbsent(certificate, name))
          .map(holder -> "is also in " + holder + ".certificates");
    }

    private void checkProofs(List<Permission> permissions) {
      boolean anonymous = name.equals(Identity.ANONYMOUS);
      boolean proven = !items(TOKENS).isEmpty() || !items(CERTIFICATES).isEmpty();
      if (!anonymous && !proven) {
        faults.add(place.fault(path(TOKENS), "", "is missing: nothing proves this identity"));
      } else if (anonymous && proven) {
        faults.add(place.fault(path(TOKENS), "", "is not for requests without a proof"));
      }
      boolean modest = permissions.stream()
          .allMatch(one -> one instanceof Permission.Read || one == Ability.METRICS);
      if (anonymous && !modest) {
        faults.add(place.fault(path(CAN), "", "can only have read and metrics"));
      }
    }

    private <T> Optional<T> refused(RawValue raw, String key, String rule) {
      if (!(raw instanceof Refused)) {
        faults.add(raw.place().fault(path(key), raw.shown(), rule));
      }
      return Optional.empty();
    }
  }
}
