//! Encryption on the way to the server, by the options that libpq knows: `sslmode` and `sslrootcert`.

use std::sync::Arc;

use heard_kernel::{Error, Result, codes};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject as _},
    server::ParsedCertificate,
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// What an address asks for, beside what the driver understands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Options {
    trust: Trust,
    /// A file with the certificates to trust.
    roots: Option<String>,
}

/// What is looked at in the server's certificate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Trust {
    /// Nothing: nobody can listen in, but somebody else could answer.
    #[default]
    Anyone,
    /// Somebody who is trusted signed it.
    Signed,
    /// And it is made out to the host of the address.
    Named,
}

impl Options {
    /// Takes what the driver does not understand out of an address and gives back the rest.
    pub(super) fn split(url: &str) -> Result<(String, Self)> {
        let Some((base, query)) = url.split_once('?') else { return Ok((url.to_owned(), Self::default())) };
        let (mut options, mut rest) = (Self::default(), Vec::new());
        for pair in query.split('&') {
            match pair.split_once('=') {
                Some(("sslmode", "verify-ca")) => options.trust = Trust::Signed,
                Some(("sslmode", "verify-full")) => options.trust = Trust::Named,
                Some(("sslmode", "allow")) => rest.push("sslmode=prefer"),
                Some(("sslrootcert", file)) => options.roots = Some(unescape(file)?),
                _ => rest.push(pair),
            }
        }
        if options.trust != Trust::Anyone {
            rest.push("sslmode=require");
        }
        // As libpq has it: who names certificates to trust wants them to be looked at.
        if options.roots.is_some() && options.trust == Trust::Anyone {
            options.trust = Trust::Signed;
        }
        Ok((format!("{base}?{}", rest.join("&")), options))
    }

    pub(super) fn connector(&self) -> Result<MakeRustlsConnect> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier =
            Verifier { trust: self.trust, provider: Arc::clone(&provider), known: self.known(&provider)? };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(Error::internal)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(MakeRustlsConnect::new(config))
    }

    /// Whose signature counts: the certificates of the file, or the public authorities.
    fn known(&self, provider: &Arc<CryptoProvider>) -> Result<Option<Known>> {
        let file = match (self.trust, self.roots.as_deref()) {
            (Trust::Anyone, _) => return Ok(None),
            (_, None | Some("system")) => None,
            (_, Some(file)) => Some(file),
        };
        let mut roots = RootCertStore::empty();
        let mut pinned = Vec::new();
        if let Some(file) = file {
            let unusable = |reason: String| {
                Error::new(codes::STORAGE_UNAVAILABLE)
                    .because(format!("the certificates of sslrootcert={file} cannot be used: {reason}"))
            };
            let read = CertificateDer::pem_file_iter(file).map_err(|e| unusable(e.to_string()))?;
            for certificate in read {
                pinned.push(certificate.map_err(|e| unusable(e.to_string()))?);
            }
            roots.add_parsable_certificates(pinned.iter().cloned());
            if roots.is_empty() {
                return Err(unusable("there is none in it".to_owned()));
            }
        } else {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        let chain = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
            .build()
            .map_err(Error::internal)?;
        Ok(Some(Known { chain, pinned }))
    }
}

/// Undoes percent-encoding.
fn unescape(text: &str) -> Result<String> {
    let malformed = || Error::new(codes::STORAGE_UNAVAILABLE).because("the PostgreSQL address is malformed");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16)).ok_or_else(malformed);
        let value = digit()? * 16 + digit()?;
        bytes.push(u8::try_from(value).map_err(|_| malformed())?);
    }
    String::from_utf8(bytes).map_err(|_| malformed())
}

#[derive(Debug)]
struct Known {
    chain: Arc<WebPkiServerVerifier>,
    /// The certificates of the file as they are: a server's own certificate may be named instead of an authority's.
    pinned: Vec<CertificateDer<'static>>,
}

#[derive(Debug)]
struct Verifier {
    trust: Trust,
    provider: Arc<CryptoProvider>,
    known: Option<Known>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let Some(known) = &self.known else { return Ok(ServerCertVerified::assertion()) };
        if known.pinned.iter().any(|pinned| pinned == own) {
            if self.trust == Trust::Named {
                verify_server_name(&ParsedCertificate::try_from(own)?, name)?;
            }
            return Ok(ServerCertVerified::assertion());
        }
        match known.chain.verify_server_cert(own, between, name, ocsp, now) {
            // The name is looked at last: whoever signed it is trusted.
            Err(TlsError::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if self.trust == Trust::Signed => Ok(ServerCertVerified::assertion()),
            result => result,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_taken_out_of_the_address() {
        let split = |url: &str| {
            let (rest, options) = Options::split(url).unwrap();
            (rest, options.trust, options.roots)
        };
        let plain = "postgres://u@h/d";
        assert_eq!(split(plain), (plain.into(), Trust::Anyone, None));
        let require = format!("{plain}?sslmode=require");
        assert_eq!(split(&require), (require.clone(), Trust::Anyone, None));
        assert_eq!(split(&format!("{plain}?sslmode=verify-full")), (require.clone(), Trust::Named, None));
        assert_eq!(
            split(&format!("{plain}?sslrootcert=/a%20b/ca.pem&application_name=x&sslmode=verify-ca")),
            (
                format!("{plain}?application_name=x&sslmode=require"),
                Trust::Signed,
                Some("/a b/ca.pem".into())
            )
        );
        assert_eq!(
            split(&format!("{require}&sslrootcert=/ca.pem")),
            (require.clone(), Trust::Signed, Some("/ca.pem".into()))
        );
        assert!(Options::split("postgres://h/d?sslrootcert=%f").is_err());
    }

    #[test]
    fn a_file_without_certificates_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("ca.pem");
        std::fs::write(&file, "nothing").unwrap();
        for path in [file.display().to_string(), "/nowhere/ca.pem".to_owned()] {
            let options = Options { trust: Trust::Named, roots: Some(path.clone()) };
            let error = options.connector().err().unwrap();
            assert!(error.to_string().contains(&path) || format!("{error:?}").contains(&path), "{error:?}");
        }
    }
}
