package io.hera.config;

import io.hera.access.AccessRules;
import io.hera.access.Permission.Ability;
import io.hera.access.Token;
import io.hera.access.TokenHash;
import io.hera.access.TokenReader;
import io.hera.config.source.Fault;
import io.hera.config.source.HostNames;
import io.hera.config.source.SwitchedFile;
import io.hera.config.source.TlsSetting;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rules and the secret that a node starts with, from the files that its configuration names.
 *
 * @param rules who may do what; empty if access is not limited
 * @param peerToken the token that the node shows its peers
 * @param warnings risks, one line each
 */
public record Credentials(
    Optional<AccessRules> rules, Optional<String> peerToken, List<String> warnings) {
  /** The environment variable with the token that the node shows its peers. */
  public static final String PEER_TOKEN = "HERA_PEER_TOKEN";

  public Credentials {
    warnings = List.copyOf(warnings);
  }

  /** Returns a text without the secret. */
  @Override
  public String toString() {
    return "Credentials[rules=" + rules.map(AccessRules::checksum).orElse("off") + ", peerToken="
        + peerToken.map(secret -> Token.HIDDEN).orElse("none") + "]";
  }

  /**
   * Reads the files; blocks.
   *
   * @throws ConfigException with every fault of the files, and of what the configuration says of them
   */
  public static Credentials read(Config config, Map<String, String> environment) {
    Reader reader = new Reader(config, environment);
    Optional<AccessRules> rules = reader.rules();
    Optional<String> peerToken = reader.peerToken();
    reader.checkTogether(peerToken.isPresent());
    reader.checkPeerToken(rules, peerToken);
    if (!reader.faults.isEmpty()) {
      throw new ConfigException(reader.faults);
    }
    return new Credentials(rules, peerToken, reader.warnings);
  }

  /**
   * Returns the rules in an access file of a node with this configuration; blocks.
   *
   * @throws ConfigException with every fault
   */
  public static AccessRules rules(Config config, String file, byte[] content) {
    return AccessFile.read(file, content, ClientCertificates.of(config));
  }

  /**
   * Returns the token in a file.
   *
   * @throws ConfigException if there is none
   */
  public static String token(String file, byte[] content) {
    String token = new String(content, StandardCharsets.US_ASCII).strip();
    if (new TokenReader().hash(token).isEmpty()) {
      throw ConfigLoader.unreadable(file, "does not contain a token, as hera token makes it");
    }
    return token;
  }

  /** Reads the files of one configuration. Used once. */
  private static final class Reader {
    private final Config config;
    private final Optional<String> given;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Reader(Config config, Map<String, String> environment) {
      this.config = config;
      this.given = Optional.ofNullable(environment.get(PEER_TOKEN)).filter(text -> !text.isEmpty());
    }

    Optional<AccessRules> rules() {
      return config.access() instanceof SwitchedFile.Named named
          ? read(() -> Credentials.rules(config, named.file(), GuardedFile.read(named.file())))
          : Optional.empty();
    }

    Optional<String> peerToken() {
      String file = config.peerToken();
      if (given.isPresent()) {
        if (!file.isEmpty()) {
          fault(Settings.PEER_TOKEN, "is set, and so is " + PEER_TOKEN + ": remove one of them");
        }
        return read(() -> token(PEER_TOKEN, given.get().getBytes(StandardCharsets.UTF_8)));
      }
      if (file.isEmpty()) {
        return Optional.empty();
      }
      Optional<String> token = read(() -> token(file, GuardedFile.read(file)));
      if (token.isPresent() && GuardedFile.othersMay(file, PosixFilePermission.OTHERS_READ)) {
        warnings.add(file + ": may be read by all users of this machine");
      }
      return token;
    }

    /** Checks what no file says alone. */
    void checkTogether(boolean hasPeerToken) {
      boolean limited = config.access() instanceof SwitchedFile.Named;
      boolean clear = config.tls().setting() instanceof TlsSetting.Unset;
      if (limited && clear && HostNames.loopback(config.host()).isEmpty()) {
        fault(
            Settings.ACCESS,
            "tokens would travel in clear: set tls, or tls: off if the network encrypts");
      }
      boolean named = given.isPresent() || !config.peerToken().isEmpty();
      boolean proven = hasPeerToken || named;
      if (limited && config.hasPeers() && !proven && !TlsCheck.provesNode(config)) {
        fault(
            Settings.PEER_TOKEN,
            "is missing: peers could not tell this node from a stranger; set it, or " + PEER_TOKEN
                + ", or have a certificate for clients too and its ca.crt");
      }
    }

    /** The nodes of a cluster mostly have the same access file: a token that this one does not know is probably unknown to peers. */
    void checkPeerToken(Optional<AccessRules> rules, Optional<String> peerToken) {
      Optional<TokenHash> hash = peerToken.flatMap(token -> new TokenReader().hash(token));
      boolean known = rules.stream()
          .flatMap(all -> all.entries().values().stream())
          .filter(entry -> entry.identity().grants().has(Ability.PEER))
          .anyMatch(entry -> hash.isPresent() && entry.tokens().contains(hash.get()));
      if (rules.isPresent() && hash.isPresent() && !known) {
        warnings.add(Settings.PEER_TOKEN.key() + ": token " + hash.get()
            + " is not of an identity in the access file that can peer");
      }
    }

    private void fault(Setting<?> setting, String rule) {
      faults.add(new Fault("hera", 0, setting.key(), "", rule));
    }

    private <T> Optional<T> read(Supplier<T> content) {
      try {
        return Optional.of(content.get());
      } catch (ConfigException refused) {
        faults.addAll(refused.faults());
        return Optional.empty();
      }
    }
  }
}
