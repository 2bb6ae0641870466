-- macro: bus_address
--
-- ## Meaning
-- An address if it lies on the bus, where regions are; null if it is one of another space (behind an IOMMU, a front end's,
-- an offset), of which nothing says where on the bus it lies. An address whose space was not recorded is a bus address.
create macro bus_address(some_address, space) as
    case when coalesce(space, 'bus') = 'bus' then some_address end
