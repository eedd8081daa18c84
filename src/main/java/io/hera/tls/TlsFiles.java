package io.hera.tls;

import java.util.Optional;

/**
 * The files of a node's TLS material, as they were read at one moment. Two are equal if their texts are, whatever the times and
 * inodes of the files.
 *
 * @param certificate the node's own certificate, followed by those of its issuers
 * @param key the private key of the first certificate
 * @param ca the certificates that peers are trusted by; without it those of the JDK
 * @param crl revoked certificates
 */
public record TlsFiles(
    PemFile certificate, PemFile key, Optional<PemFile> ca, Optional<PemFile> crl) {}
