/*
 * What an extension that distributes tables does with other people's aggregates: on each machine it
 * runs their transitions inside an aggregate of its own and sends the state as text or binary; where
 * the states meet it combines and finishes them, inside another aggregate of its own.
 *
 * For the functions it calls this is not what the server does for an aggregate of the query:
 * - every call has a new call site, in the memory context of the moment, so nothing is remembered;
 * - the call site knows no expressions, so nobody can ask it for argument types;
 * - the aggregate that is running has another name and other arguments;
 * - the final function gets NULL for all arguments but the state.
 *
 * Built and used by tests/73_distributed.py.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "nodes/primnodes.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/typcache.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

PG_MODULE_MAGIC;

#define MOST_ARGUMENTS 8

typedef struct Partial
{
	Oid			aggregate;
	Oid			transition;
	Oid			combine;
	Oid			final;
	bool		final_extra;
	Oid			type;
	int16		length;
	bool		by_value;
	bool		has_value;
	NullableDatum state;
} Partial;

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "to be called by an aggregate only");
	return context;
}

/* What an aggregate starts from: its INITCOND, or nothing. */
static Partial *
begin(FunctionCallInfo fcinfo, Oid aggregate)
{
	MemoryContext old = MemoryContextSwitchTo(aggregate_context(fcinfo));
	Partial    *partial = palloc0(sizeof(Partial));
	HeapTuple	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate));
	Form_pg_aggregate form;
	Datum		initial;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "%u is no aggregate", aggregate);
	form = (Form_pg_aggregate) GETSTRUCT(tuple);
	partial->aggregate = aggregate;
	partial->transition = form->aggtransfn;
	partial->combine = form->aggcombinefn;
	partial->final = form->aggfinalfn;
	partial->final_extra = form->aggfinalextra;
	partial->type = form->aggtranstype;
	get_typlenbyval(partial->type, &partial->length, &partial->by_value);
	initial = SysCacheGetAttr(AGGFNOID, tuple, Anum_pg_aggregate_agginitval, &partial->state.isnull);
	if (!partial->state.isnull)
	{
		Oid			input,
					parameter;

		getTypeInputInfo(partial->type, &input, &parameter);
		partial->state.value = OidInputFunctionCall(input, TextDatumGetCString(initial), parameter, -1);
		partial->has_value = true;
	}
	ReleaseSysCache(tuple);
	MemoryContextSwitchTo(old);
	return partial;
}

/* Without a single row nobody has called begin: the aggregate is a constant of the query. */
static Partial *
begin_without_rows(FunctionCallInfo fcinfo)
{
	Aggref	   *aggref = AggGetAggref(fcinfo);
	Expr	   *first = ((TargetEntry *) linitial(aggref->args))->expr;

	if (!IsA(first, Const))
		elog(ERROR, "the aggregate is to be a constant");
	return begin(fcinfo, DatumGetObjectId(((Const *) first)->constvalue));
}

static Partial *
running(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(0) ? begin(fcinfo, PG_GETARG_OID(1)) : (Partial *) PG_GETARG_POINTER(0);
}

static Partial *
finished(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(0) ? begin_without_rows(fcinfo) : (Partial *) PG_GETARG_POINTER(0);
}

/* Runs the transition or combine function, by the rules of the server's own aggregates. */
static void
step(FunctionCallInfo fcinfo, Partial *partial, Oid function, int count, const NullableDatum *values)
{
	LOCAL_FCINFO(inner, MOST_ARGUMENTS + 1);
	FmgrInfo	site;
	Datum		result;

	fmgr_info(function, &site);
	if (site.fn_strict)
	{
		for (int i = 0; i < count; i++)
			if (values[i].isnull)
				return;
		if (!partial->has_value)
		{
			MemoryContext old = MemoryContextSwitchTo(aggregate_context(fcinfo));

			partial->state.value = datumCopy(values[0].value, partial->by_value, partial->length);
			partial->state.isnull = false;
			partial->has_value = true;
			MemoryContextSwitchTo(old);
			return;
		}
		if (partial->state.isnull)
			return;
	}
	InitFunctionCallInfoData(*inner, &site, count + 1, fcinfo->fncollation, fcinfo->context, fcinfo->resultinfo);
	inner->args[0] = partial->state;
	for (int i = 0; i < count; i++)
		inner->args[i + 1] = values[i];
	result = FunctionCallInvoke(inner);

	/* A new value is copied to where the state lives, and the old one freed. */
	if (!partial->by_value && DatumGetPointer(result) != DatumGetPointer(partial->state.value))
	{
		if (!inner->isnull)
		{
			MemoryContext old = MemoryContextSwitchTo(aggregate_context(fcinfo));

			result = datumCopy(result, partial->by_value, partial->length);
			MemoryContextSwitchTo(old);
		}
		if (!partial->state.isnull)
			pfree(DatumGetPointer(partial->state.value));
	}
	partial->state.value = result;
	partial->state.isnull = inner->isnull;
}

/* partial_step(internal, aggregate regprocedure, arguments record) */
PG_FUNCTION_INFO_V1(partial_step);
Datum
partial_step(PG_FUNCTION_ARGS)
{
	Partial    *partial = running(fcinfo);
	HeapTupleHeader record = PG_GETARG_HEAPTUPLEHEADER(2);
	TupleDesc	types = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(record), HeapTupleHeaderGetTypMod(record));
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(record), .t_data = record};
	Datum		values[MOST_ARGUMENTS];
	bool		nulls[MOST_ARGUMENTS];
	NullableDatum arguments[MOST_ARGUMENTS];
	int			count = types->natts;

	if (count > MOST_ARGUMENTS || count + 1 != get_func_nargs(partial->transition))
		elog(ERROR, "%d arguments are not what the aggregate takes", count);
	heap_deform_tuple(&tuple, types, values, nulls);
	ReleaseTupleDesc(types);
	for (int i = 0; i < count; i++)
	{
		arguments[i].value = values[i];
		arguments[i].isnull = nulls[i];
	}
	step(fcinfo, partial, partial->transition, count, arguments);
	PG_RETURN_POINTER(partial);
}

/* A function of the state's type, with the running aggregate as its context. */
static Datum
of_state(FunctionCallInfo fcinfo, Partial *partial, Oid function)
{
	LOCAL_FCINFO(inner, 1);
	FmgrInfo	site;

	fmgr_info(function, &site);
	InitFunctionCallInfoData(*inner, &site, 1, fcinfo->fncollation, fcinfo->context, fcinfo->resultinfo);
	inner->args[0] = partial->state;
	return FunctionCallInvoke(inner);
}

PG_FUNCTION_INFO_V1(partial_text);
Datum
partial_text(PG_FUNCTION_ARGS)
{
	Partial    *partial = finished(fcinfo);
	Oid			output;
	bool		is_varlena;

	if (partial->state.isnull)
		PG_RETURN_NULL();
	getTypeOutputInfo(partial->type, &output, &is_varlena);
	PG_RETURN_TEXT_P(cstring_to_text(DatumGetCString(of_state(fcinfo, partial, output))));
}

PG_FUNCTION_INFO_V1(partial_binary);
Datum
partial_binary(PG_FUNCTION_ARGS)
{
	Partial    *partial = finished(fcinfo);
	Oid			send;
	bool		is_varlena;

	if (partial->state.isnull)
		PG_RETURN_NULL();
	getTypeBinaryOutputInfo(partial->type, &send, &is_varlena);
	return of_state(fcinfo, partial, send);
}

/* The state that arrived, read by the type's input or receive function. */
static NullableDatum
arrived(FunctionCallInfo fcinfo, Partial *partial, bool binary)
{
	LOCAL_FCINFO(inner, 3);
	NullableDatum state = {.isnull = PG_ARGISNULL(2)};
	StringInfoData message;
	FmgrInfo	site;
	Oid			function,
				parameter;

	if (state.isnull)
		return state;
	if (binary)
	{
		bytea	   *bytes = PG_GETARG_BYTEA_PP(2);

		getTypeBinaryInputInfo(partial->type, &function, &parameter);
		initStringInfo(&message);
		appendBinaryStringInfo(&message, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	}
	else
		getTypeInputInfo(partial->type, &function, &parameter);
	fmgr_info(function, &site);
	InitFunctionCallInfoData(*inner, &site, 3, fcinfo->fncollation, fcinfo->context, fcinfo->resultinfo);
	inner->args[0].value = binary ? PointerGetDatum(&message) : CStringGetDatum(text_to_cstring(PG_GETARG_TEXT_PP(2)));
	inner->args[0].isnull = false;
	inner->args[1].value = ObjectIdGetDatum(parameter);
	inner->args[1].isnull = false;
	inner->args[2].value = Int32GetDatum(-1);
	inner->args[2].isnull = false;
	state.value = FunctionCallInvoke(inner);
	state.isnull = inner->isnull;
	return state;
}

static Datum
merge(FunctionCallInfo fcinfo, bool binary)
{
	Partial    *partial = running(fcinfo);
	NullableDatum state = arrived(fcinfo, partial, binary);

	step(fcinfo, partial, partial->combine, 1, &state);
	PG_RETURN_POINTER(partial);
}

/* merge_..._step(internal, aggregate regprocedure, state text or bytea, result anyelement) */
PG_FUNCTION_INFO_V1(merge_text_step);
Datum
merge_text_step(PG_FUNCTION_ARGS)
{
	return merge(fcinfo, false);
}

PG_FUNCTION_INFO_V1(merge_binary_step);
Datum
merge_binary_step(PG_FUNCTION_ARGS)
{
	return merge(fcinfo, true);
}

PG_FUNCTION_INFO_V1(merge_final);
Datum
merge_final(PG_FUNCTION_ARGS)
{
	LOCAL_FCINFO(inner, MOST_ARGUMENTS + 1);
	Partial    *partial = finished(fcinfo);
	FmgrInfo	site;
	int			count = partial->final_extra ? get_func_nargs(partial->final) : 1;
	Datum		result;

	if (get_func_rettype(partial->final) != get_fn_expr_rettype(fcinfo->flinfo))
		elog(ERROR, "the aggregate returns another type");
	fmgr_info(partial->final, &site);
	if (site.fn_strict && (partial->state.isnull || count > 1))
		PG_RETURN_NULL();
	InitFunctionCallInfoData(*inner, &site, count, fcinfo->fncollation, fcinfo->context, fcinfo->resultinfo);
	inner->args[0] = partial->state;
	for (int i = 1; i < count; i++)
		inner->args[i].isnull = true;
	result = FunctionCallInvoke(inner);
	fcinfo->isnull = inner->isnull;
	return result;
}
