using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace Tracing.DuckDb;

/// <summary>
/// Rows of ours as a table function: <c>SELECT * FROM name()</c> pulls chunk after chunk, so that
/// any number of rows passes through bounded memory, in order. It can be read once.
/// </summary>
public sealed unsafe class BulkSource
{
    private readonly IReadOnlyList<BulkColumn> columns;
    private readonly Func<BulkChunk, int> fill;
    private bool started;

    private BulkSource(IReadOnlyList<BulkColumn> columns, Func<BulkChunk, int> fill)
    {
        this.columns = columns;
        this.fill = fill;
    }

    /// <summary>What filling threw; the query then failed with the same message.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Makes rows known to a connection's instance under a name.</summary>
    /// <param name="connection">The connection: <c>DuckDBConnection.NativeConnection</c>.</param>
    /// <param name="name">The name of the function; a second one of the same name is refused.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="fill">
    /// Fills a chunk whose values are all NULL and returns how many rows it set, 0 at the end.
    /// DuckDB calls it on one of its threads, never on two at once.
    /// </param>
    /// <exception cref="InvalidOperationException">DuckDB refuses.</exception>
    public static BulkSource Register(
        DuckDBNativeConnection connection,
        string name,
        IReadOnlyList<BulkColumn> columns,
        Func<BulkChunk, int> fill)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(fill);
        var source = new BulkSource(columns, fill);
        var function = NativeMethods.TableFunction.DuckDBCreateTableFunction();
        try
        {
            // DuckDB owns the handle from here on and gives it back through Forget.
            var self = GCHandle.ToIntPtr(GCHandle.Alloc(source));
            NativeMethods.TableFunction.DuckDBTableFunctionSetExtraInfo(function, self, &Forget);
            NativeMethods.TableFunction.DuckDBTableFunctionSetName(function, name);
            NativeMethods.TableFunction.DuckDBTableFunctionSetBind(function, &Bind);
            NativeMethods.TableFunction.DuckDBTableFunctionSetInit(function, &Start);
            NativeMethods.TableFunction.DuckDBTableFunctionSetFunction(function, &Fill);
            var state = NativeMethods.TableFunction.DuckDBRegisterTableFunction(connection, function);
            return state.IsSuccess()
                ? source
                : throw new InvalidOperationException(
                    $"DuckDB does not accept the table function '{name}'; is there one of this name?");
        }
        finally
        {
            NativeMethods.TableFunction.DuckDBDestroyTableFunction(ref function);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Forget(IntPtr self) => GCHandle.FromIntPtr(self).Free();

    // An exception must not leave a callback: it would end the process.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [SuppressMessage("Design", "CA1031", Justification = "Reported to DuckDB and to the caller.")]
    private static void Bind(IntPtr info)
    {
        var source = Of(NativeMethods.TableFunction.DuckDBBindGetExtraInfo(info));
        try
        {
            foreach (var column in source.columns)
            {
                using var type = column.CreateType();
                NativeMethods.TableFunction.DuckDBBindAddResultColumn(info, column.Name, type);
            }
        }
        catch (Exception exception)
        {
            source.Failure = exception;
            NativeMethods.TableFunction.DuckDBBindSetError(info, exception.Message);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Start(IntPtr info)
    {
        var source = Of(NativeMethods.TableFunction.DuckDBInitGetExtraInfo(info));
        if (source.started)
        {
            NativeMethods.TableFunction.DuckDBInitSetError(info, "These rows can be read only once.");
            return;
        }

        source.started = true;

        // One thread: the order of the rows is the order of the calls.
        NativeBulk.InitSetMaximumThreads(info, 1);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [SuppressMessage("Design", "CA1031", Justification = "Reported to DuckDB and to the caller.")]
    private static void Fill(IntPtr info, IntPtr output)
    {
        var source = Of(NativeBulk.FunctionGetExtraInfo(info));
        try
        {
            using var chunk = BulkChunk.Borrow(output, source.columns.Count);
            chunk.SetRowCount(source.fill(chunk));
        }
        catch (Exception exception)
        {
            source.Failure = exception;
            NativeMethods.TableFunction.DuckDBFunctionSetError(info, exception.Message);
        }
    }

    private static BulkSource Of(IntPtr self) => (BulkSource)GCHandle.FromIntPtr(self).Target!;
}
