//! How functions that live as long as a machine reach a host that is borrowed for one run.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use mlua::{Function, Lua};

use crate::host::Host;

type Call = Box<dyn FnOnce(&mut dyn Host)>;

/// Where the functions of a machine find the host of the script that runs. Cheap to clone.
#[derive(Clone, Default)]
pub struct HostSlot {
    /// Hands the call that waits to the host; there while a script runs.
    bridge: Rc<RefCell<Option<Function>>>,
    waiting: Rc<RefCell<Option<Call>>>,
}

impl fmt::Debug for HostSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostSlot").finish_non_exhaustive()
    }
}

impl HostSlot {
    /// While `run` runs, calls go to `host`.
    ///
    /// # Errors
    /// Those of `run`, or of a machine without memory.
    pub fn lend<R>(
        &self,
        lua: &Lua,
        host: &mut dyn Host,
        run: impl FnOnce() -> mlua::Result<R>,
    ) -> mlua::Result<R> {
        lua.scope(|scope| {
            let bridge = scope.create_function_mut(|_, ()| {
                let call = self.waiting.borrow_mut().take();
                if let Some(call) = call {
                    call(&mut *host);
                }
                Ok(())
            })?;
            let before = self.bridge.borrow_mut().replace(bridge);
            let result = run();
            *self.bridge.borrow_mut() = before;
            result
        })
    }

    /// Asks the host of the script that runs.
    ///
    /// # Errors
    /// Where no script runs.
    pub fn with<R: 'static>(
        &self,
        ask: impl FnOnce(&mut dyn Host) -> R + 'static,
    ) -> mlua::Result<R> {
        let answer = Rc::new(RefCell::new(None));
        let put = Rc::clone(&answer);
        let call: Call = Box::new(move |host| *put.borrow_mut() = Some(ask(host)));
        *self.waiting.borrow_mut() = Some(call);
        let bridge = self.bridge.borrow().clone();
        let nobody = || mlua::Error::runtime("nothing can be asked here: no script runs");
        bridge.ok_or_else(nobody)?.call::<()>(())?;
        answer.take().ok_or_else(nobody)
    }
}
