//! Whose a socket is, and who has a port.

use std::net::TcpListener;

use proptest::prelude::*;
use skyreel_faces::port_holder::port_holder;
use skyreel_faces::sockets::{TcpSocket, parse, tcp_sockets};

#[test]
fn a_table_of_the_kernel_is_read_line_by_line() {
    let table = "\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1249 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 52125 1 0
   1: 0100007F:1249 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 0 1 0
   2: 0000000000000000FFFF00000100007F:C350 0000000000000000FFFF00000100007F:1249 01 0:0 0:0 0 33 0 7 1
   3: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 8 1
 nonsense
   4: 0100007F:XXXX 00000000:0000 0A 0:0 0:0 0 1 0 1
   5: 0100007:1 00000000:0000 0A 0:0 0:0 0 1 0 1
";
    let socket = |local: &str, remote: &str, listens, uid, inode| {
        let (local, remote) = (local.parse().unwrap(), remote.parse().unwrap());
        TcpSocket { local, remote, listens, uid, inode }
    };
    // The table is in the order of bytes of the machine that has it.
    if cfg!(target_endian = "little") {
        let expected = [
            socket("127.0.0.1:4681", "0.0.0.0:0", true, 1000, 52125),
            socket("127.0.0.1:4681", "127.0.0.1:50000", false, 1000, 0),
            socket("127.0.0.1:50000", "127.0.0.1:4681", false, 33, 7),
            socket("[::1]:80", "[::]:0", true, 0, 8),
        ];
        assert_eq!(parse(table), expected);
    }
}

proptest! {
    #[test]
    fn whatever_stands_in_a_table_is_passed_over(table in "([ :0-9A-F]{0,60}|\\PC{0,40}|\n){0,20}") {
        parse(&table);
    }
}

#[test]
fn this_test_listens_itself() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let known = tcp_sockets();
    let own = known.iter().find(|socket| socket.local == address).unwrap();
    assert!(own.listens && own.inode != 0, "{own:?}");
    let holder = port_holder(address.port()).unwrap();
    assert_eq!(holder.pid, std::process::id());
    assert_eq!(holder.to_string(), format!("{} (process {})", holder.program, holder.pid));
    drop(listener);
    assert_eq!(port_holder(address.port()), None);
}
