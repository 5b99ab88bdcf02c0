//! A PostgreSQL server whose certificate is signed by an authority of its own.

use std::{path::Path, process::Command};

use heard_kernel::codes;
use heard_store::{Db, DbConfig};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::cluster::{Cluster, is_root, run};

fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// Makes the server speak TLS with a certificate for `localhost`, and gives back the certificate's text.
fn encrypt(cluster: &Cluster, authority: &CertifiedIssuer<'static, KeyPair>) -> String {
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, authority).unwrap();
    let write = |name: &str, text: &str| {
        let file = cluster.data().join(name);
        std::fs::write(&file, text).unwrap();
        run(Command::new("chmod").arg("600").arg(&file));
        if is_root() {
            run(Command::new("chown").arg("nobody").arg(&file));
        }
    };
    write("server.key", &key.serialize_pem());
    write("server.crt", &certificate.pem());
    // Who does not encrypt is not let in.
    write("pg_hba.conf", "hostssl all all 127.0.0.1/32 trust\n");
    let config = cluster.data().join("postgresql.auto.conf");
    std::fs::write(config, "ssl = on\n").unwrap();
    cluster.down("fast");
    cluster.up();
    certificate.pem()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_certificate_is_looked_at_as_the_address_says() {
    let Some(cluster) = Cluster::start() else { return };
    let (ours, foreign) = (authority("Ours"), authority("Foreign"));
    let own = encrypt(&cluster, &ours);
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (ours, foreign) = (file("ours.pem", &ours.pem()), file("foreign.pem", &foreign.pem()));
    let own = file("own.pem", &own);
    let trusting = |path: &Path| format!("&sslrootcert={}", path.display());
    let cases = [
        ("127.0.0.1", "disable", String::new(), false),
        ("127.0.0.1", "prefer", String::new(), true),
        ("127.0.0.1", "require", String::new(), true),
        // Public authorities did not sign it.
        ("localhost", "verify-ca", String::new(), false),
        ("localhost", "verify-full", "&sslrootcert=system".to_owned(), false),
        // Naming certificates means that they count.
        ("127.0.0.1", "require", trusting(&ours), true),
        ("127.0.0.1", "require", trusting(&foreign), false),
        ("127.0.0.1", "verify-ca", trusting(&ours), true),
        ("127.0.0.1", "verify-ca", trusting(&foreign), false),
        // The certificate is made out to localhost.
        ("localhost", "verify-full", trusting(&ours), true),
        ("127.0.0.1", "verify-full", trusting(&ours), false),
        ("localhost", "verify-full", trusting(&foreign), false),
        // The server's own certificate may be named instead of the authority's.
        ("localhost", "verify-full", trusting(&own), true),
        ("127.0.0.1", "verify-full", trusting(&own), false),
        ("127.0.0.1", "verify-ca", trusting(&own), true),
    ];
    for (host, mode, roots, good) in cases {
        let address = format!("hostaddr=127.0.0.1&sslmode={mode}{roots}");
        let url = format!("postgres://heard@{host}:{}/postgres?{address}", cluster.port);
        let opened = Db::open(&DbConfig::Postgres { url, connections: 2 }).await;
        match opened {
            Ok(db) => {
                assert!(good, "{host} {address} must be refused");
                db.close().await;
            }
            Err(error) => {
                assert!(error.is(codes::STORAGE_UNAVAILABLE), "{error:?}");
                assert!(!good, "{host} {address}: {error:?}");
            }
        }
    }
}
