-- macro: breaks_confinement
--
-- ## Meaning
-- Whether an address that lies inside what is allowed, or not, is a violation, under a confinement of the view of that name.
-- Where only the feature is unknown an address inside is right in any case; where only the buffer is, one outside the
-- declared window is wrong in any case.
create macro breaks_confinement(confinement, is_inside) as
    case when confinement = 'unknown' and not is_inside then null
         when confinement = 'declared, and negotiated with a buffer not seen' and is_inside then null
         else not is_inside
    end
