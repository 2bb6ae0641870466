using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>An INTERVAL as DuckDB stores it.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBInterval
{
    /// <summary>Puts an interval together.</summary>
    /// <param name="months">Months.</param>
    /// <param name="days">Days.</param>
    /// <param name="micros">Microseconds.</param>
    public DuckDBInterval(int months, int days, long micros)
    {
        Months = months;
        Days = days;
        Micros = micros;
    }

    /// <summary>Months.</summary>
    public int Months { get; }

    /// <summary>Days.</summary>
    public int Days { get; }

    /// <summary>Microseconds.</summary>
    public long Micros { get; }

    /// <summary>Converts a span into days and microseconds; less than a microsecond is lost.</summary>
    /// <param name="span">The span.</param>
    public static implicit operator DuckDBInterval(TimeSpan span) =>
        new(0, span.Days, (span - TimeSpan.FromDays(span.Days)).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Converts an interval without months into a span.</summary>
    /// <param name="interval">The interval.</param>
    /// <exception cref="InvalidCastException">It has months, whose length is not fixed.</exception>
    public static explicit operator TimeSpan(DuckDBInterval interval) =>
        interval.Months == 0
            ? new TimeSpan((interval.Days * TimeSpan.TicksPerDay) + (interval.Micros * TimeSpan.TicksPerMicrosecond))
            : throw new InvalidCastException(
                $"{interval.Months} months have no fixed length, so this is no TimeSpan; read it as DuckDBInterval.");
}
