//! A call from the server into a function, and the way back.
//!
//! The functions are bound by hand-written SQL, so they are plain C-ABI
//! functions. [`sql_functions!`] exports each with the guard that turns a Rust
//! panic into an SQL error and lets PostgreSQL's own errors pass.

use super::memory;
use super::varlena::{payload, payload_in_place};
use crate::kpi::{Error, Result};
use pgrx::pg_sys::{self, Datum, FunctionCallInfo, NodeTag};
use pgrx::{FromDatum, IntoDatum};

/// The arguments of one call.
pub struct Call {
    fcinfo: FunctionCallInfo,
}

impl Call {
    /// Runs `body` for the server.
    ///
    /// # Safety
    /// `fcinfo` is what the server passed.
    #[inline]
    pub unsafe fn run<T: IntoDatum>(
        fcinfo: FunctionCallInfo,
        body: impl FnOnce(&Call) -> Result<T>,
    ) -> Datum {
        let call = Call { fcinfo };
        match memory::ready().and_then(|()| body(&call)) {
            Ok(value) => {
                let datum = value.into_datum();
                // SAFETY: as above; the server reads `isnull` after the call.
                unsafe { (*fcinfo).isnull = datum.is_none() };
                datum.unwrap_or(Datum::from(0))
            }
            Err(error) => call.fail(&error),
        }
    }

    /// Runs `body` for the server, unless it declines. See [`sql_functions!`].
    ///
    /// # Safety
    /// `fcinfo` is what the server passed.
    #[inline(always)]
    pub unsafe fn quick(
        fcinfo: FunctionCallInfo,
        body: impl FnOnce(&Call) -> Option<Datum>,
    ) -> Option<Datum> {
        // `isnull` is false already: the server clears it before the call.
        body(&Call { fcinfo })
    }

    pub fn fcinfo(&self) -> FunctionCallInfo {
        self.fcinfo
    }

    #[inline]
    fn argument(&self, index: usize) -> &pg_sys::NullableDatum {
        // SAFETY: the server passes as many arguments as `nargs` says. The
        // check costs nothing: a wrong CREATE FUNCTION cannot read beyond them.
        unsafe {
            let fcinfo = &*self.fcinfo;
            &fcinfo.args.as_slice(fcinfo.nargs as usize)[index]
        }
    }

    pub fn arguments(&self) -> usize {
        // SAFETY: as in `argument`.
        unsafe { (*self.fcinfo).nargs as usize }
    }

    #[inline]
    pub fn is_null(&self, index: usize) -> bool {
        self.argument(index).isnull
    }

    #[inline]
    pub fn datum(&self, index: usize) -> Datum {
        self.argument(index).value
    }

    /// A non-null argument of a fixed-size type.
    #[inline]
    pub fn get<T: FromDatum>(&self, index: usize) -> T {
        // SAFETY: `T` is the argument's type as sql/ declares it.
        unsafe { T::from_datum(self.datum(index), false) }.expect("not null")
    }

    /// A non-null argument of a variable-length type.
    #[inline]
    pub fn bytes(&self, index: usize) -> &[u8] {
        // SAFETY: sql/ declares the argument as such a type.
        unsafe { payload(self.datum(index)) }
    }

    /// As [`Call::bytes`], if they need no detoasting.
    #[inline]
    pub fn bytes_in_place(&self, index: usize) -> Option<&[u8]> {
        // SAFETY: as in `bytes`.
        unsafe { payload_in_place(self.datum(index).cast_mut_ptr()) }
    }

    /// A parameter, which must not be NULL.
    #[inline]
    pub fn parameter(&self, index: usize, name: &str) -> Result<f64> {
        if self.is_null(index) {
            return Err(Error::invalid_parameter(format_args!("{name} is NULL")));
        }
        // -0 and 0 are one threshold.
        Ok(self.get::<f64>(index) + 0.0)
    }

    /// Whether the server runs an aggregate or a window aggregate.
    #[inline]
    pub fn in_aggregate(&self) -> bool {
        // SAFETY: a context, where there is one, is a node; its tag comes first.
        // The same test as AggCheckCallContext, without crossing into C.
        unsafe {
            let context = (*self.fcinfo).context;
            !context.is_null()
                && matches!(
                    (*context).type_,
                    NodeTag::T_AggState | NodeTag::T_WindowAggState
                )
        }
    }

    /// Of a window aggregate that is running.
    pub fn window_state(&self) -> Option<*mut pg_sys::WindowAggState> {
        // SAFETY: as in `in_aggregate`.
        unsafe {
            let context = (*self.fcinfo).context;
            (!context.is_null() && (*context).type_ == NodeTag::T_WindowAggState)
                .then(|| context.cast())
        }
    }

    #[cold]
    fn fail(&self, error: &Error) -> ! {
        super::error::raise(&super::name::of(self), error)
    }
}

/// Lets the server cancel the query, within a guarded function: what the core
/// does in a [`pause`](crate::kpi::pause).
pub fn interrupt() {
    pgrx::check_for_interrupts!();
}

/// Exports functions under C symbols: `cskpi_nps => survey::nps;`.
///
/// With `cskpi_x => x, quick x_quick;` the function `x_quick` is tried first, without the
/// guard. It must not panic and not call the server, with one exception: it may
/// make its result by [`allocate_quick`](crate::pg::varlena::allocate_quick), if
/// it holds nothing that must be dropped. `None` means that the guarded function
/// has to do it.
macro_rules! sql_functions {
    ($($symbol:ident => $body:expr $(, quick $quick:expr)?;)+) => {$(
        const _: () = {
            #[export_name = concat!("pg_finfo_", stringify!($symbol))]
            extern "C" fn finfo() -> &'static pgrx::pg_sys::Pg_finfo_record {
                const V1: pgrx::pg_sys::Pg_finfo_record =
                    pgrx::pg_sys::Pg_finfo_record { api_version: 1 };
                &V1
            }

            #[export_name = stringify!($symbol)]
            unsafe extern "C-unwind" fn entry(
                fcinfo: pgrx::pg_sys::FunctionCallInfo,
            ) -> pgrx::pg_sys::Datum {
                $(
                    if let Some(datum) = unsafe { $crate::pg::Call::quick(fcinfo, $quick) } {
                        return datum;
                    }
                )?
                unsafe { guarded(fcinfo) }
            }

            #[pgrx::pg_guard]
            unsafe extern "C-unwind" fn guarded(
                fcinfo: pgrx::pg_sys::FunctionCallInfo,
            ) -> pgrx::pg_sys::Datum {
                unsafe { $crate::pg::Call::run(fcinfo, $body) }
            }
        };
    )+};
}
pub(crate) use sql_functions;
