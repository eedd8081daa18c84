package io.hera.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Gives the JDK the own certificate and its key. */
final class OwnKey {
  /** Protects nothing: the store never leaves the memory. */
  private static final char[] PASSWORD = "memory".toCharArray();

  private OwnKey() {}

  static KeyManager[] managers(TlsMaterial material) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own", material.key(), PASSWORD, material.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    return factory.getKeyManagers();
  }
}
